import { afterEach, expect, test } from 'vitest';
import type { AgentId, TaskId } from '../../src/core/ids.ts';
import { undoOf } from '../../src/ui/actions/undo.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

test('u takes back what was done less than 30 seconds ago, once', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('p');
  await ui.until(frame => frame.includes('eng-1 is paused · u undoes it'), 'the offer');
  ui.store.time += 29_000;
  await ui.press('u');
  expect(ui.store.commands.map(one => one.type)).toEqual(['agent.pause', 'agent.resume']);
  expect(await ui.frame()).toContain('undone · u does it again');
  ui.store.time += 31_000;
  await ui.press('u');
  expect(await ui.frame()).toContain('nothing can be undone any more');
  expect(ui.store.commands).toHaveLength(2);
});

test('what cannot be taken back leaves what was done before it to be taken back', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('p', 'y');
  const answered = await ui.until(frame => frame.includes('answered yes'), 'the answer');
  expect(answered).not.toContain('undoes it');
  await ui.press('u');
  const types = ui.store.commands.map(one => one.type);
  expect(types).toEqual(['agent.pause', 'agent.answer', 'agent.resume']);
});

test('an agent that was started is stopped again', () => {
  const command = { type: 'agent.start', agent: 'eng-1' as AgentId } as const;
  expect(undoOf(command, morningStore().getState())).toEqual({ ...command, type: 'agent.stop' });
});

test('a refused command offers no undo', async () => {
  const ui = await driveUi({ store: morningStore() });
  ui.store.refusal = 'the team is ending';
  await ui.press('p');
  await ui.until(frame => frame.includes('the team is ending'), 'the reason');
  await ui.press('u');
  expect(await ui.frame()).toContain('nothing can be undone any more');
});

test('reassign says who is free, who knows the files and who failed it', async () => {
  const store = morningStore();
  const state = store.getState();
  const landed = state.tasks['T-1' as TaskId];
  const task = state.tasks['T-4' as TaskId];
  if (!landed || !task) throw new Error('the morning has other tasks');
  const attempts = [{ ...(task.attempts[0] as (typeof task.attempts)[number]), agent: 'eng-3' }];
  store.publish({
    ...state,
    tasks: {
      ...state.tasks,
      [landed.id]: { ...landed, attempts: attempts as never },
      [task.id]: { ...task, failedBy: ['eng-2' as never] },
    },
  });
  const ui = await driveUi({ store });
  await ui.press('r');
  const frame = await ui.frame();
  expect(frame).toMatch(/eng-3 +working, holds T-7, knows src\/queue\.ts/);
  expect(frame).toMatch(/eng-2 +asks you, holds T-5, failed it before/);
});

test('E escalates with a reason', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('E', 'needs a decision', 'ctrl+s');
  expect(ui.store.commands).toEqual([
    { type: 'task.escalate', task: 'T-4', why: 'needs a decision' },
  ]);
});

test('+ raises the priority in the file, and u lowers it again', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('2', '+');
  await ui.until(frame => frame.includes('T-3 is high'), 'the answer');
  await ui.press('u');
  expect(ui.store.priorities).toEqual([
    ['T-3', 'high'],
    ['T-3', 'medium'],
  ]);
});

test('the editor gets the terminal and the file, and an editor that fails is told of', async () => {
  const store = morningStore();
  store.files.set('T-4' as TaskId, 'tasks/T-4.md');
  const runs: unknown[] = [];
  const ui = await driveUi({
    store,
    env: { EDITOR: 'edit --wait' },
    runProgram: async (...call) => {
      runs.push(call, ui.input.isRaw);
      return { kind: 'ended', code: 3 };
    },
  });
  await ui.press('ctrl+e');
  await ui.until(frame => frame.includes('edit: it ended with code 3'), 'the failure');
  expect(runs).toEqual([['edit', ['--wait', 'tasks/T-4.md'], undefined], false]);
  expect(ui.input.isRaw).toBe(true);
  await ui.press('2', 'ctrl+e');
  await ui.until(frame => frame.includes('T-3 has no file to edit'), 'the reason');
});

test('! opens a shell in the worktree, and no key of it reaches the page', async () => {
  const store = morningStore();
  const calls: unknown[] = [];
  const ui = await driveUi({
    store,
    env: { SHELL: 'fish' },
    runProgram: async (...call) => {
      calls.push(call);
      ui.input.emit('data', 'P');
      return { kind: 'ended', code: 1 };
    },
  });
  const before = await ui.frame();
  await ui.press('!');
  await ui.until(frame => frame === before, 'the page as it was');
  expect(calls).toEqual([['fish', [], 'worktrees/eng-1']]);
  expect(ui.bytes()).toContain('A shell in the worktree of eng-1. “exit” leads back to Belfry.');
  expect(store.commands).toEqual([]);
});

test.each([
  ['reass', 'give the task to another engineer', 'task.reassign'],
  ['merge', 'land the task that waits for your review', null],
  ['timeline', 'show what happened', 'view.events'],
  ['view.gate', 'show the gate', 'view.gate'],
])('an action is found by what it is called elsewhere: %s', async (typed, title, name) => {
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 36 });
  await ui.press(':', typed);
  expect(await ui.row('▸ ')).toContain(title);
  // Its own name, for whoever wants another key for it.
  if (name !== null) expect(await ui.row('type to search')).toContain(name);
});
