import { type TaskId, taskNumber } from '../ids.ts';
import { splitDepthMax, splitRequestsMax } from '../limits.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/**
 * What was added as a part of this task and has not been dropped, the oldest first. A part is younger than
 * its whole, so that no hand-written file can make a circle of them.
 */
export const partsOf = (state: State, whole: TaskId): readonly Task[] =>
  Object.values(state.tasks)
    .filter(
      task =>
        task.splits === whole && task.dropped === null && taskNumber(task.id) > taskNumber(whole),
    )
    .sort((one, other) => taskNumber(one.id) - taskNumber(other.id));

/** Of how many wholes it is a part, one within the other. */
function depthOf(state: State, task: Task): number {
  const whole = task.splits === undefined ? undefined : state.tasks[task.splits];
  if (whole === undefined || taskNumber(whole.id) >= taskNumber(task.id)) return 0;
  return 1 + depthOf(state, whole);
}

/** Why the team may not split it any further by itself; null when it may. */
export function splitBound(state: State, task: Task): string | null {
  if (task.splitRequests >= splitRequestsMax)
    return `the architect was asked to split ${task.id} before`;
  if (depthOf(state, task) >= splitDepthMax)
    return `${task.id} is a part of a part already: smaller is not the answer`;
  return null;
}
