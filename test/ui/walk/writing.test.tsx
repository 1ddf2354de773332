import { afterEach, expect, test } from 'vitest';
import { textWidth } from '../../../src/lib/text-width.ts';
import { fieldOf } from '../../../src/ui/model/text-field.ts';
import { fieldRows } from '../../../src/ui/present/form/field-rows.ts';
import { MemoryTeamStore } from '../../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

const words = 'Before you go on, look at the gooseberry keys of the cache and at its rows. ';

test('all of a long message is seen while it is written, and the hint is whole', async () => {
  const ui = await driveUi({ columns: 80, rows: 24, store: new MemoryTeamStore() });
  await ui.press('s', words.repeat(3));
  const frame = await ui.frame();
  expect(frame.match(/gooseberry/g)).toHaveLength(3);
  expect(frame).toMatch(/begin with ! to +┃/);
  expect(frame).toContain('interrupt it');
  expect(frame).toContain('Ctrl+s send · Enter new row · Esc keep as draft');
});

test('a form of several fields tells how to reach the next one', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore() });
  await ui.press('n');
  expect(await ui.frame()).toContain('Ctrl+s send · Tab next field · Esc keep as draft');
});

test('an answer that needs the whole row has it', async () => {
  const ui = await driveUi({ columns: 80, rows: 24, store: new MemoryTeamStore() });
  await ui.press('P');
  expect((await ui.frame()).split('\n').at(-1)).toMatch(
    /^ the team is paused: .* landed · u undoes it *$/,
  );
});

const shown = (text: string, cursor: number, width: number) =>
  fieldRows({ ...fieldOf(text, true), cursor }, width, true).map(row => ({
    text: row.map(span => span.text).join(''),
    under: row.find(span => span.tone === 'selected')?.text ?? null,
  }));

test('rows are broken between words, within one that is too long, and never wider than the field', () => {
  expect(shown('one two three', 13, 9)).toEqual([
    { text: 'one two', under: null },
    { text: 'three ', under: ' ' },
  ]);
  expect(shown('abcdefghij', 4, 5).map(row => row.text)).toEqual(['abcd', 'efgh', 'ij']);
  expect(shown('abcdefghij', 4, 5)[1]?.under).toBe('e');
  for (const row of shown('世界の中で 👋 hello', 0, 6)) expect(textWidth(row.text)).toBeLessThan(7);
});

test('the cursor is in sight wherever it is', () => {
  const text = Array.from({ length: 12 }, (_, at) => `row ${at}`).join('\n');
  for (let cursor = 0; cursor <= text.length; cursor += 1) {
    const rows = shown(text, cursor, 20);
    expect(rows).toHaveLength(6);
    expect(rows.filter(row => row.under !== null)).toHaveLength(1);
  }
});
