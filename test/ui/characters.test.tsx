import { afterEach, describe, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { agentOf, MemoryTeamStore, stateOf, taskOf } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

test('by default only the 16 colours of the person’s own terminal are used, and no ground is painted', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 160, rows: 50 });
  await ui.press('2', 'enter', 'd', 't', 'v', '?', 'esc', 'x', 'n');
  const codes = [...ui.bytes().matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, code = '']) =>
    code.split(';').map(Number),
  );
  expect(codes.length).toBeGreaterThan(100);
  expect(codes.filter(code => code === 38 || code >= 40)).toEqual([]);
});

const titles = {
  wide: '漢字のタスクを全部読みやすい形に直してから確認する',
  combining:
    'e\u0301le\u0300ve re\u0301sume\u0301 a\u0308o\u0308u\u0308 n\u0303 everywhere in the tree',
  emoji: 'fix 👩‍👩‍👧 and 🏳️‍🌈 and 👍🏽 in the list of members now',
  flags: '🇦🇹🇩🇪🇨🇭 in the list of countries of the report again',
  'right to left': 'שלום עולם \u202eevil\u202c \u2067isolated\u2069 \u200fmark',
} as const;

const storeOf = (title: string) =>
  new MemoryTeamStore(
    stateOf(
      [agentOf('eng-1', { task: 'T-1' as TaskId })],
      [
        taskOf('T-1', title, { column: 'doing', assignee: 'eng-1' as never, body: title }),
        taskOf('T-2', title, { column: 'ready' }),
      ],
    ),
  );

/** Columns in which each row has the border of a panel, as the terminal has laid it out. */
function borders({ output }: UiDriver): string[] {
  const { active } = output.emulator.buffer;
  return Array.from({ length: output.rows }, (_, y) => {
    const line = active.getLine(active.viewportY + y);
    const columns = Array.from({ length: output.columns }, (_one, x) => x).filter(x =>
      /^[│┃╭╮╰╯┏┓┗┛]$/.test(line?.getCell(x)?.getChars() ?? ''),
    );
    return `${y}: ${columns.join(' ')}`;
  });
}

describe.each([
  [80, 24],
  [160, 50],
] as const)('%i×%i', (columns, rows) => {
  test.each(Object.entries(titles))('%s characters move no border', async (_what, title) => {
    const plain = await driveUi({
      store: storeOf('plain words that are long enough to be cut'),
      columns,
      rows,
    });
    const ui = await driveUi({ store: storeOf(title), columns, rows });
    expect(borders(ui)).toEqual(borders(plain));
    await ui.press('2', 'enter');
    await plain.press('2', 'enter');
    expect(borders(ui)).toEqual(borders(plain));
    expect(ui.bytes()).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });
});

test('whoever hears the page hears words, whatever an agent or a file has in them', async () => {
  const evil = 'a\u001b]0;owned\u0007b\u001b[2Jc\u009b31md\u202ee\u0000f';
  const ui = await driveUi({ store: storeOf(evil), settings: { isScreenReader: true } });
  await ui.press('1', '2', 'enter', 'd', 't', 'v', 'r', 'esc', ':', 'esc', 'n', 'x', 'esc');
  expect(ui.bytes()).toContain('abcdef');
  expect(ui.bytes()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(ui.bytes()).not.toContain('owned');
});
