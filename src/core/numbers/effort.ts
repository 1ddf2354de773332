import { withTask } from '../apply/patch.ts';
import type { Event } from '../event.ts';
import type { State } from '../state.ts';
import { noUsage, type Usage } from '../usage/usage.ts';

/** What went into an attempt. */
export type Effort = {
  /** Reading of the clock of supervised time when it began, and how long its engineer worked by that clock. */
  readonly startedMs: number;
  /** Until it was submitted or ended; null while it is worked on. */
  readonly ms: number | null;
  readonly used: Usage;
};

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
