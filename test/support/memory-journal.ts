import type { Event } from '../../src/core/event.ts';
import { type Journal, JournalDeadError } from '../../src/ports/journal.ts';

/** Facts in a list, durable a microtask later. `die` makes it refuse, as a broken disk does. */
export class MemoryJournal implements Journal {
  readonly recovered: readonly Event[];
  readonly notice: string | null = null;
  /** What is durable, the recovered facts included. */
  readonly events: Event[];
  #dead: JournalDeadError | null = null;

  constructor(recovered: readonly Event[] = []) {
    this.recovered = recovered;
    this.events = [...recovered];
  }

  async append(events: readonly Event[]): Promise<void> {
    if (this.#dead !== null) throw this.#dead;
    const copies = structuredClone(events);
    await null;
    if (this.#dead !== null) throw this.#dead;
    this.events.push(...copies);
  }

  /** What is appended and not yet durable is lost. */
  die(reason = 'the disk refused'): void {
    this.#dead ??= new JournalDeadError(reason);
  }

  async close(): Promise<void> {
    await null;
    this.die('the journal is closed');
  }
}
