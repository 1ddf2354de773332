import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { lineText } from '../../src/ui/present/line.ts';
import { sinceLine } from '../../src/ui/present/since.ts';
import { memoryReplays } from '../support/memory-replays.ts';
import { minutes, noon, stateOf } from '../support/memory-team-store.ts';
import { morningMessages, morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const aDay = minutes(24 * 60);

/** The page of the morning as it is read a day later. */
async function nextDay(columns = 120, rows = 40) {
  const store = morningStore();
  store.time = noon + aDay;
  const landed = { type: 'landing.finished', task: 'T-3', attempt: 1, commit: 'd'.repeat(40) };
  const fresh = { ...landed, at: noon + aDay - minutes(5) } as Event;
  store.publish({ ...store.getState(), messages: morningMessages }, [fresh]);
  return driveUi({ store, columns, rows, replays: memoryReplays().replays });
}

test('a message of another day has its day, one of today has none', async () => {
  const ui = await nextDay();
  await ui.press('M');
  expect(await ui.row('architect to eng-1')).toMatch(/[ ▸]06-03 \d\d:\d\d architect to eng-1/);
  const store = morningStore();
  store.publish({ ...store.getState(), messages: morningMessages });
  const today = await driveUi({ store, columns: 120, rows: 40 });
  await today.press('M');
  expect(await today.row('architect to eng-1')).toMatch(/[┃▸] ?\d\d:\d\d architect to eng-1/);
});

test('“lately” says once from which day on it tells, below what is of today', async () => {
  const ui = await nextDay();
  const rows = (await ui.frame()).split('\n').map(row => row.slice(0, 34));
  const at = rows.findIndex(row => row.includes('│ 06-03 '));
  expect(rows[at - 1]).toContain('09:25');
  expect(rows[at + 1]).toMatch(/│ \d\d:\d\d T-/);
  expect(rows.filter(row => row.includes('06-03'))).toHaveLength(1);
});

test('the record of an attempt tells the day of a gate run', async () => {
  const ui = await nextDay(120, 60);
  await ui.press('2', '/', 'T-4', 'enter', 'enter', 'z');
  expect(await ui.row('run 1 on the merge result')).toMatch(/06-03 \d\d:\d\d run 1/);
});

test('a replay of another day names it', async () => {
  const ui = await nextDay();
  await ui.press('1', 'down', 'b');
  await ui.until(frame => /REPLAY .* at 06-03 09:32:00/.test(frame), 'the day');
});

test('who looked last on another day reads on which', () => {
  const caught = { type: 'attempt.failed', at: noon, task: 'T-2', attempt: 1, reason: 'gate' };
  const facts = { events: [caught as never], state: stateOf([], []), spentSince: null, needs: [] };
  const line = sinceLine({ ...facts, lookedAt: noon - minutes(30), now: noon + aDay });
  expect(lineText(line ?? [])).toBe(' since you looked, 06-03 09:00: caught T-2/1');
});
