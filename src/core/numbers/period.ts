import { Fold } from '../apply/fold.ts';
import { stateAt } from '../apply/supervise.ts';
import type { Event } from '../event.ts';
import type { Instant } from '../ids.ts';
import { emptyState, type State } from '../state.ts';

/** What was true at the two ends of a time; all figures about it are differences between them. */
export type Period = { readonly from: State; readonly to: State };

/** Folds a journal, fact by fact, and keeps what was true at two instants. Null: from its beginning, to its end. */
export class PeriodFold {
  readonly #since: Instant | null;
  readonly #until: Instant | null;
  readonly #fold = new Fold();
  #from: State | null = null;
  #to: State | null = null;

  constructor(since: Instant | null = null, until: Instant | null = null) {
    this.#since = since;
    this.#until = until;
  }

  take(event: Event): void {
    if (this.#to !== null) return;
    if (this.#since !== null && event.at >= this.#since)
      this.#from ??= stateAt(this.#fold.keep(), this.#since, event);
    if (this.#until !== null && event.at > this.#until)
      this.#to = stateAt(this.#fold.keep(), this.#until, event);
    else this.#fold.take(event);
  }

  end(): Period {
    const to = this.#to ?? this.#fold.keep();
    return { from: this.#from ?? (this.#since === null ? emptyState : to), to };
  }
}
