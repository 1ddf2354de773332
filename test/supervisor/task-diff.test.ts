import { expect, test } from 'vitest';
import type { Oid, TaskId } from '../../src/core/ids.ts';
import { taskDiff } from '../../src/supervisor/task-diff.ts';
import { stateOf, taskOf } from '../support/memory-team-store.ts';

const worktrees = {
  diff: async (task: TaskId, trunk: Oid) => `${task} against ${trunk}`,
  landedDiff: async (landed: Oid) => `what ${landed} brought`,
};

test('of a task under way its branch is told, of a landed one what reached the trunk', async () => {
  const landedAs = 'abc' as Oid;
  const state = stateOf(
    [],
    [
      taskOf('T-1', 'Under way', { column: 'doing' }),
      taskOf('T-2', 'Landed', { column: 'done', landedAs }),
    ],
  );
  const trunk = { ...state.trunk, head: 'def' as Oid };
  const told = (task: string) => taskDiff({ ...state, trunk }, worktrees, task as TaskId);
  expect(await told('T-1')).toBe('T-1 against def');
  expect(await told('T-2')).toBe('what abc brought');
  const noTrunk = { ...state, trunk: { ...trunk, head: null } };
  expect(await taskDiff(noTrunk, worktrees, 'T-1' as TaskId)).toBe('');
});
