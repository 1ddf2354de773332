import type { Event } from '../core/event.ts';
import { noticesMax } from '../core/limits.ts';
import { emptyState, type State } from '../core/state.ts';

/** The newest state and the newest facts, told to whoever draws them once per turn. */
export class Store {
  #state: State = emptyState;
  #recent: readonly Event[] = [];
  #notices: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  get state(): State {
    return this.#state;
  }

  get recentEvents(): readonly Event[] {
    return this.#recent;
  }

  get notices(): readonly string[] {
    return this.#notices;
  }

  publish(state: State, events: readonly Event[]): void {
    this.#state = state;
    if (events.length > 0) this.#recent = [...this.#recent, ...events].slice(-noticesMax);
    this.#tell();
  }

  addNotice(text: string): void {
    this.#notices = [...this.#notices, text];
    this.#tell();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
