import type { TaskId } from '../ids.ts';
import { smallTaskMinutes, trifleWaitMs } from '../limits.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import { batchesOf } from './batch.ts';
import { planTasksOf } from './plan.ts';

/** Small, in no hurry, waiting for nothing, and nobody has begun it or decided anything about it. */
function isTrifle({ plan }: State, task: Task): boolean {
  if (task.estimateMinutes === null || task.estimateMinutes >= smallTaskMinutes) return false;
  const isCalm = task.priority === 'low' || task.priority === 'medium';
  const isPart = task.splits !== undefined || task.batches !== undefined;
  const isFresh = task.attempt === 0 && task.escalation === null && !task.paused && !isPart;
  const isAlone = task.dependsOn.length > 0 || plan.alone.includes(task.id);
  return task.column === 'ready' && isCalm && isFresh && !isAlone;
}

/** When the time is over in which others may join it; null for what is no trifle. */
export const trifleDue = (state: State, task: Task): number | null =>
  isTrifle(state, task) ? task.addedAt + trifleWaitMs : null;

/** Why a trifle is not begun at `now`; null when it may be. */
export function trifleKept(state: State, task: Task, now: number): string | null {
  if (state.plan.batch?.includes(task.id)) return 'is put together with other trifles';
  const due = trifleDue(state, task);
  return due !== null && due > now ? 'waits a minute for other trifles' : null;
}

/** The trifles that are to become one task, once the first of them has waited long enough; null for none. */
export function batchDue(state: State, now: number): readonly TaskId[] | null {
  if (state.plan.batch !== null) return null;
  const trifles = Object.values(state.tasks).filter(task => isTrifle(state, task));
  if (!trifles.some(task => task.addedAt + trifleWaitMs <= now)) return null;
  const ids = new Set(trifles.map(({ id }) => id));
  const board = planTasksOf(state).map(task =>
    // Others on the board only tell who waits for whom.
    task.id !== null && ids.has(task.id) ? task : { ...task, estimateMinutes: null },
  );
  const [first] = batchesOf(board);
  return first === undefined ? null : first.flatMap(({ id }) => id ?? []);
}
