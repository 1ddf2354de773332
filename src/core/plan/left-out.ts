import { unmetDependencies } from '../board.ts';
import type { TaskId } from '../ids.ts';
import type { State } from '../state.ts';
import { draftOf } from './draft.ts';

/** What would wait if only some tasks of a draft were accepted. */
export type LeftOut = {
  /** Tasks that are to be accepted, and what each of them needs of the rest of the draft. */
  readonly waiting: ReadonlyMap<TaskId, readonly TaskId[]>;
  /** Everything of the rest that any of them needs, in the order of the draft. */
  readonly needed: readonly TaskId[];
};

/** Needs are followed through any number of tasks: who waits for one that waits, waits too. */
export function leftOutOf(state: State, accepted: readonly TaskId[]): LeftOut {
  const chosen = new Set(accepted);
  const rest = draftOf(state).flatMap(({ task }) => (chosen.has(task.id) ? [] : [task.id]));
  if (rest.length === 0) return { waiting: new Map(), needed: [] };
  const waiting = new Map<TaskId, readonly TaskId[]>();
  for (const id of accepted) {
    const all = allUnmet(state, id);
    const needs = rest.filter(one => all.has(one));
    if (needs.length > 0) waiting.set(id, needs);
  }
  const needed = new Set([...waiting.values()].flat());
  return { waiting, needed: rest.filter(id => needed.has(id)) };
}

function allUnmet(state: State, id: TaskId): ReadonlySet<TaskId> {
  const found = new Set<TaskId>();
  const ahead = [id];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    const task = state.tasks[one];
    if (task === undefined) continue;
    for (const next of unmetDependencies(state, task)) {
      if (!found.has(next)) ahead.push(next);
      found.add(next);
    }
  }
  return found;
}
