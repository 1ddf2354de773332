// A plan of which a person leaves something out that other tasks wait for.
import { afterEach, expect, test } from 'vitest';
import type { State } from '../../../src/core/state.ts';
import type { Task } from '../../../src/core/task.ts';
import { taskId } from '../../support/core-builders.ts';
import { agentOf, MemoryTeamStore, stateOf } from '../../support/memory-team-store.ts';
import { withDraft } from '../../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

/** T-21 is left out, for which T-22 waits and, through that, T-24. */
async function leaveOut(): Promise<UiDriver> {
  const store = new MemoryTeamStore(withDraft(stateOf([agentOf('eng-1')], [], {})));
  const ui = await driveUi({ store, columns: 100, rows: 40 });
  await ui.press('V', 'X');
  return ui;
}

function taskIn(state: State, id: string): Task {
  const task = state.tasks[taskId(id)];
  if (task === undefined) throw new Error(`${id} is not in the draft of the test`);
  return task;
}

const accepted = ({ store }: UiDriver): readonly unknown[] =>
  store.commands.flatMap(one => (one.type === 'plan.accept' ? one.tasks : []));

test('the plan says who would wait before anything is accepted', async () => {
  const ui = await leaveOut();
  const frame = await ui.frame();
  expect(frame).toMatch(/T-22 Read[^\n]*\n[^\n]*waits for T-21, which is left out/);
  expect(frame).toMatch(/T-24 Print[^\n]*\n[^\n]*waits for T-21, which is left out/);
  await ui.press('A');
  expect(ui.store.commands).toEqual([]);
  expect(await ui.frame()).toContain('T-22, T-24 and T-23 wait for T-21, which is left out');
});

test('X twice on a task is about that task, whatever is said above it meanwhile', async () => {
  const draft = withDraft(stateOf([agentOf('eng-1')], [], {}));
  const waits = { ...taskIn(draft, 'T-22'), dependsOn: [taskId('T-21'), taskId('T-24')] };
  const last = { ...taskIn(draft, 'T-24'), dependsOn: [] };
  const tasks = { ...draft.tasks, [waits.id]: waits, [last.id]: last };
  const ui = await driveUi({ store: new MemoryTeamStore({ ...draft, tasks }), rows: 40 });
  await ui.press('V', 'G', 'X');
  expect(await ui.frame()).toContain('waits for T-24, which is left out');
  await ui.press('X');
  expect(await ui.frame()).not.toContain('left out');
});

test('Enter accepts what is needed as well', async () => {
  const ui = await leaveOut();
  await ui.press('A', 'enter');
  expect(accepted(ui)).toEqual(['T-21', 'T-22', 'T-24', 'T-23']);
  expect(await ui.frame()).toContain('4 tasks accepted');
});

test('the next leaves out who would wait', async () => {
  const ui = await leaveOut();
  // T-23 does without T-21 when it is left out itself.
  await ui.press('X', 'j', 'X', 'A');
  expect(await ui.frame()).toContain('T-24 waits for T-22, which is left out');
  await ui.press('down', 'enter');
  expect(accepted(ui)).toEqual(['T-21', 'T-23']);
  expect(await ui.frame()).toContain('2 tasks accepted, 2 stay in the draft');
});

test('nothing is accepted where nothing would be left, and Esc leaves all as it was', async () => {
  const ui = await leaveOut();
  await ui.press('A', 'down', 'enter');
  expect(accepted(ui)).toEqual([]);
  expect(await ui.frame()).toContain('nothing would be left to accept');
  await ui.press('A', 'esc');
  expect(accepted(ui)).toEqual([]);
  expect(await ui.frame()).toContain('1 left out');
});

test('the last accepts it all the same', async () => {
  const ui = await leaveOut();
  await ui.press('A', 'down', 'down', 'enter');
  expect(accepted(ui)).toEqual(['T-22', 'T-24', 'T-23']);
});
