import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/**
 * Records of tasks that one fold made for itself, and that nobody else has. A fact changes one task: with a copy
 * of the record for each, ten times as many tasks would take a hundred times as long to fold.
 */
const own = new WeakSet<State['tasks']>();

/** The same state, with a record that is written in place until `release`. */
export function withOwnTasks(state: State): State {
  if (own.has(state.tasks)) return state;
  const tasks = { ...state.tasks };
  own.add(tasks);
  return { ...state, tasks };
}

export const release = ({ tasks }: State): boolean => own.delete(tasks);

/**
 * The state with this task where its record is a fold's own; null where it has to be copied. Whoever asks copies
 * it in a place of its own: one that meets a record of every length copies several times slower.
 */
export function setOwnTask(state: State, task: Task): State | null {
  if (!own.has(state.tasks)) return null;
  Object.assign(state.tasks, { [task.id]: task });
  return { ...state };
}
