import type { Event, EventType } from '../core/event.ts';
import { recentEventsMax } from '../core/limits.ts';
import { emptyState, type State } from '../core/state.ts';

/** Facts of every second that nobody looks back for; they would push the others out of sight. */
const chatter: ReadonlySet<EventType> = new Set<EventType>([
  'agent.looked',
  'agent.measured',
  'message.pressed',
  'message.typed',
  'message.entered',
  'message.delivered',
  'landing.cleared',
  'person.acted',
]);

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
    const news = events.filter(event => !chatter.has(event.type));
    if (news.length > 0) this.#recent = [...this.#recent, ...news].slice(-recentEventsMax);
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
