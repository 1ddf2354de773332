import { afterEach, expect, test } from 'vitest';
import {
  busyState,
  FakeTerminal,
  MemoryTeamStore,
  noon,
  stateOf,
  taskOf,
} from '../../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

test('where a need is read, the footer has the keys that answer it', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()) });
  await ui.press('4', 'j', 'enter');
  const frame = await ui.frame();
  expect(frame).toContain('3 Task T-6');
  const footer = frame.split('\n').at(-1);
  expect(footer).toMatch(/s guide +r reassign +R retry +D split/);
  await ui.press('R');
  expect(ui.store.commands).toMatchObject([{ type: 'task.retry', task: 'T-6' }]);
});

test('where the question of an agent is read, the footer has yes and no', async () => {
  const store = new MemoryTeamStore(busyState());
  for (const id of Object.keys(store.getState().agents)) {
    store.terminals.set(id as never, new FakeTerminal(id as never, [`I am ${id}`]));
  }
  const ui = await driveUi({ store });
  await ui.press('4', 'enter');
  const frame = await ui.frame();
  expect(frame).toContain('I am eng-2');
  expect(frame.split('\n').at(-1)).toMatch(/^ y yes +N no +w next need/);
});

test('beside the terminal of another agent the footer leads to the needs', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()) });
  await ui.press('1', 'enter');
  expect((await ui.frame()).split('\n').at(-1)).toMatch(/^ w next need +i type|^ w next need/);
});

test('why a task waits for you is said once, and to you', async () => {
  const why = 'which of the two queues is meant?';
  const escalation = { to: 'person', why, since: noon, deadline: null } as const;
  const task = taskOf('T-6', 'Rotate the keys', { escalation });
  const ui = await driveUi({ store: new MemoryTeamStore(stateOf([], [task])) });
  await ui.press('4', 'enter');
  const frame = await ui.frame();
  expect(frame).toMatch(/Why here +waits for you: which of the two/);
  // In the list above, and in the text.
  expect(frame.split('which of the two queues is meant?')).toHaveLength(3);
});

test('after the last need the keys are the team’s, also when the next one comes', async () => {
  const busy = busyState();
  const ui = await driveUi({ store: new MemoryTeamStore(busy) });
  await ui.press('4');
  const agents = Object.fromEntries(
    Object.entries(busy.agents).map(([id, one]) => [id, { ...one, question: null }]),
  ) as typeof busy.agents;
  const calm = { ...busy, tasks: {}, agents, landing: null, messages: [] };
  ui.store.publish(calm);
  await ui.until(frame => !/needs? you/.test(frame), 'a page that needs nobody');
  ui.store.publish(busy);
  const frame = await ui.until(one => one.includes('3 need you'), 'the next needs');
  expect(frame).toContain('┏━ 1 Team');
});
