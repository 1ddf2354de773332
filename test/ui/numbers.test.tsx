import { afterEach, expect, test } from 'vitest';
import { numbersSoFar } from '../../src/core/numbers/numbers.ts';
import { figureWords } from '../../src/ui/present/numbers/figure-words.ts';
import { MemoryTeamStore } from '../support/memory-team-store.ts';
import { smallWeek } from '../support/small-week.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const { state } = smallWeek();

test('# shows the figures of the report, with how each was measured', async () => {
  const ui = await driveUi({ columns: 160, rows: 50, store: new MemoryTeamStore(state) });
  await ui.press('#', 'z');
  const frame = await ui.frame();
  const { week, outcomes } = numbersSoFar(state, state.at);
  for (const one of [...week, ...outcomes]) {
    const row = frame.split('\n').find(text => text.includes(` ${one.name} `)) ?? '';
    expect(row, one.name).toContain(figureWords(one));
    expect(row, one.name).toContain(one.how.slice(0, 30));
  }
  expect(frame).toMatch(
    /eng-2 .* 4 landed · 2 given back · 31 min at work .* without outcome: 6 min/,
  );
});

test('who looks for a report, statistics or cost in the palette finds them', async () => {
  const ui = await driveUi({ columns: 100, rows: 30, store: new MemoryTeamStore(state) });
  for (const word of ['report', 'statistics', 'numbers']) {
    await ui.press(':', word);
    expect(await ui.frame(), word).toContain('show the numbers');
    await ui.press('esc');
  }
});

test('time that passes while a run is under way is counted, and after its end it is not', () => {
  const later = state.at + 3_600_000;
  const supervised = (one: typeof state) =>
    numbersSoFar(one, later).week.find(({ id }) => id === 'supervisedMs')?.value ?? 0;
  expect(supervised(state)).toBe(state.supervised.ms);
  expect(supervised({ ...state, endedCleanly: false })).toBe(state.supervised.ms + 3_600_000);
});

test('a key or a click tells once a minute that the person is there', async () => {
  const store = new MemoryTeamStore(state);
  const ui = await driveUi({ columns: 100, rows: 30, store });
  await ui.press('j', 'j', 'k');
  expect(store.actedCount).toBe(1);
  store.time += 60_000;
  await ui.press('j');
  expect(store.actedCount).toBe(2);
});
