import type { TaskId } from '../core/ids.ts';
import { diffBytesMax } from '../core/limits.ts';
import type { State } from '../core/state.ts';
import type { Worktrees } from '../ports/worktrees.ts';

/** What a task's branch changes; once it has landed, what it brought to the trunk. Unified, empty for nothing. */
export async function taskDiff(
  { tasks, trunk }: Pick<State, 'tasks' | 'trunk'>,
  worktrees: Pick<Worktrees, 'diff' | 'landedDiff'>,
  task: TaskId,
): Promise<string> {
  const landed = tasks[task]?.landedAs ?? null;
  if (landed !== null) return worktrees.landedDiff(landed, diffBytesMax);
  return trunk.head === null ? '' : worktrees.diff(task, trunk.head, diffBytesMax);
}
