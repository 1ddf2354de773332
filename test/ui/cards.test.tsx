import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { cardLines } from '../../src/ui/present/card.ts';
import { lineText } from '../../src/ui/present/line.ts';
import { taskDetails } from '../../src/ui/present/views/task-view.ts';
import { busyState, MemoryTeamStore, noon, stateOf, taskOf } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const pair = { one: 'T-4' as TaskId, state: 'conflict', files: ['src/queue.ts'] } as const;

function cardOf(id: string, width: number): string[] {
  const state = busyState();
  const task = state.tasks[id as TaskId];
  if (!task) throw new Error(`the morning has no ${id}`);
  return cardLines(task, {
    ...{ state, width, now: noon, retriesMax: 2, rows: 4, isChosen: false, hasFocus: false },
    pairs: [
      { ...pair, other: 'T-5' as TaskId },
      { ...pair, other: null },
    ],
  }).map(lineText);
}

test('a card has id, radar, retries, title, engineer, cost, context and time in the column', () => {
  expect(cardOf('T-4', 26)).toEqual([
    ' T-4          ⇄T-5+1 R1/2 ',
    '  Keep the order of the   ',
    '  queue                   ',
    '  eng-1    $1.25  31% 12m ',
  ]);
});

test('in a narrow column the other branch is not named, and the cost gives way', () => {
  const [head = ''] = cardOf('T-4', 16);
  const foot = cardOf('T-4', 18).at(-1);
  expect(head).toMatch(/T-4 +⇄ R1\/2/);
  expect(foot).toMatch(/eng-1 +31% 12m/);
  expect(foot).not.toContain('$');
});

test('branches that merge are nobody’s concern on a card', () => {
  expect(cardOf('T-7', 26).join('')).not.toContain('⇄');
});

test('doing has a limit: one task for each engineer', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 160, rows: 50 });
  expect(await ui.frame()).toMatch(/ready 2 .*doing 3\/3 .*gate 2 /);
});

test('an opened task says why it is here, what its branch meets and where what it waits for is', async () => {
  const store = morningStore();
  const state = store.getState();
  const task = state.tasks['T-4' as TaskId];
  if (!task) throw new Error('the morning has no T-4');
  const dependsOn = ['T-1', 'T-77'] as TaskId[];
  const finding = {
    rule: 'hotspot',
    severity: 'warning',
    task: task.id,
    other: null,
    remedy: 'a file of its own',
  } as const;
  const findings = { [task.id]: [{ ...finding, reason: 'everybody changes src/queue.ts' }] };
  store.publish({
    ...state,
    plan: { ...state.plan, findings },
    tasks: { ...state.tasks, [task.id]: { ...task, dependsOn } },
  });
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  await ui.press('2', 'l', 'h', 'h', 'j', 'enter');
  const frame = await ui.frame();
  expect(frame).toMatch(/doing for 12m +eng-1 +R1\/2 +medium/);
  expect(frame).toContain('Why here   eng-1 tries again after a gate catch');
  expect(frame).toContain('Radar      ⇄ in conflict with T-5 in src/queue.ts');
  expect(frame).toContain('merges with the trunk, near it in src/queue.ts');
  expect(frame).toContain('Lint       warning hotspot: everybody changes src/queue.ts');
  expect(frame.split('everybody changes src/queue.ts')).toHaveLength(2);
  expect(frame).toContain('After      T-1 (done) Set up the test runner');
  expect(frame).toContain('T-77 (not on the board)');
  expect(frame).toContain('expected [1, 2] but got [2, 1]');
});

test.each([
  ['a task in doing', { column: 'doing' }, 'doing, says the journal'],
  ['one at the gate', { column: 'gate' }, 'doing, says the journal'],
  ['one that is ready', { column: 'ready' }, 'waits for a free engineer'],
  [
    'one whose dependency has not landed',
    { column: 'backlog', planned: true, dependsOn: ['T-2' as TaskId] },
    'waits for T-2',
  ],
  ['one that nobody has planned', { column: 'backlog', planned: false }, 'not planned yet'],
] as const)('why %s is here', (_, more, expected) => {
  const task = taskOf('T-1', 'Begin', { why: 'doing, says the journal', ...more });
  const state = stateOf([], [task, taskOf('T-2', 'Go on')]);
  const receiptsOf = () => [];
  const facts = { now: state.at, state, pairs: [], receiptsOf, policy: defaultPolicy };
  const texts = taskDetails(task, facts, 80).map(lineText);
  expect(texts.find(text => text.startsWith('Why here'))).toContain(expected);
});

test('without engineers there is no limit to show', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(stateOf([], [taskOf('T-1', 'Begin')])) });
  expect(await ui.frame()).toMatch(/doing 0 gate 0/);
});
