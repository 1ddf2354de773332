import { afterEach, describe, expect, test } from 'vitest';
import type { AgentId } from '../../src/core/ids.ts';
import { boardOrder } from '../../src/ui/present/tasks.ts';
import { agentOf, busyState, noon, stateOf, taskOf } from '../support/memory-team-store.ts';
import { morningMessages, morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const limited = agentOf('eng-2', { status: 'limited', task: 'T-2' as never });
const state = stateOf(
  [agentOf('eng-1'), limited],
  [
    taskOf('T-1', 'Keep the order of the queue', { assignee: 'eng-1' as AgentId, tags: ['core'] }),
    taskOf('T-2', 'Draw the menu', { assignee: 'eng-2' as AgentId, tags: ['ui', 'Core'] }),
    taskOf('T-3', 'Rotate the logs', { blocked: 'no disk', retries: 1 }),
    taskOf('T-12', 'Document the flags', { gateStep: 'review' }),
    taskOf('T-13', 'Old client', {
      escalation: { to: 'person', why: '', since: noon, deadline: null },
    }),
  ],
);

const found = (filter: string): string[] =>
  Object.values(boardOrder(state, filter))
    .flat()
    .map(task => task.id)
    .toSorted((one, other) => Number(one.slice(2)) - Number(other.slice(2)));

describe('what a filter finds', () => {
  test.each([
    ['', ['T-1', 'T-2', 'T-3', 'T-12', 'T-13']],
    ['queue', ['T-1']],
    ['QUEUE keep', ['T-1']],
    ['kpord', ['T-1']],
    ['dgs', []],
    ['docflg', ['T-12']],
    ['flgs', ['T-12']],
    ['t-1', ['T-1', 'T-12', 'T-13']],
    ['t12', ['T-12']],
    ['@eng-2', ['T-2']],
    ['@eng', ['T-1', 'T-2']],
    ['#core', ['T-1', 'T-2']],
    ['#core @eng-1', ['T-1']],
    ['!stuck', ['T-2', 'T-3', 'T-13']],
    ['!s menu', ['T-2']],
    ['!review', ['T-12']],
    ['!esc', ['T-13']],
    ['!retried', ['T-3']],
    ['!nothing', []],
  ])('%s', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });
});

test('the board says what it is filtered by and how much is left, also when zoomed; Esc clears', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 100, rows: 30 });
  await ui.press('/', '@eng-2');
  expect(await ui.row('@eng-2')).toContain('filter: @eng-2 · 1 of 10');
  expect(await ui.frame()).toContain('@agent !flag #label');
  expect(await ui.frame()).not.toContain('Export as');
  await ui.press('enter', 'z');
  expect(await ui.frame()).toContain('board filter: @eng-2');
  await ui.press('P');
  expect(await ui.row('the team is paused: ')).toContain('board filter: @eng-2');
  await ui.press('i');
  expect(await ui.row('board filter: @eng-2')).toContain('leave eng-');
  await ui.press('ctrl+g', 'z', 'esc', 'esc');
  expect(await ui.frame()).toContain('Export as');
  expect(await ui.frame()).not.toContain('filter:');
});

test('timeline and messages have a filter of their own, which leaves the board as it is', async () => {
  const store = morningStore();
  store.publish({ ...busyState(), messages: morningMessages });
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  await ui.press('v', '/', 'caught', 'enter');
  expect(await ui.frame()).toContain('Timeline of the team · filter: caught');
  expect(await ui.frame()).toContain('Export as CSV');
  await ui.press('M');
  expect(await ui.frame()).toContain('Messages · filter: caught');
  await ui.press('esc');
  expect(await ui.frame()).toContain('you and eng-2');
});
