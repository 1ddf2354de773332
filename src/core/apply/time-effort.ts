import type { Event } from '../event.ts';
import type { Effort } from '../numbers/effort.ts';
import type { State } from '../state.ts';
import { noUsage } from '../usage/usage.ts';
import { withTask } from './patch.ts';

export const newEffort = ({ supervised }: State): Effort => ({
  ...{ startedMs: supervised.ms, ms: null, used: noUsage },
});

/** At the gate its engineer waits: the time of an attempt ends with its claim, or with itself. */
export function timeEffort(state: State, event: Event): State {
  const task = 'task' in event && event.task !== null ? state.tasks[event.task] : undefined;
  const last = task?.attempts.at(-1);
  if (task === undefined || last === undefined || last.effort.ms !== null) return state;
  if (last.end === null && task.column === 'doing') return state;
  const effort = { ...last.effort, ms: state.supervised.ms - last.effort.startedMs };
  return withTask(state, task.id, {
    attempts: [...task.attempts.slice(0, -1), { ...last, effort }],
  });
}
