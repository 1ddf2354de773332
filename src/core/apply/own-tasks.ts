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

export function setTask(state: State, task: Task): State {
  if (!own.has(state.tasks)) return { ...state, tasks: { ...state.tasks, [task.id]: task } };
  Object.assign(state.tasks, { [task.id]: task });
  return { ...state };
}
