import type { Event } from '../event.ts';
import { emptyState, type State } from '../state.ts';
import { apply } from './apply.ts';
import { release, withOwnTasks } from './own-tasks.ts';

/** `apply` on fact after fact, in time that grows with the facts and not with the tasks too. */
export class Fold {
  #state: State;

  constructor(from: State = emptyState) {
    this.#state = from;
  }

  /** Good until the next `take`: its tasks are changed in place. */
  get state(): State {
    return this.#state;
  }

  take(event: Event): void {
    this.#state = apply(withOwnTasks(this.#state), event);
  }

  /** The state, for whoever keeps it while the fold goes on. */
  keep(): State {
    release(this.#state);
    return this.#state;
  }
}

/** What these facts make true. */
export function foldFacts(facts: Iterable<Event>, from: State = emptyState): State {
  const fold = new Fold(from);
  for (const fact of facts) fold.take(fact);
  return fold.keep();
}
