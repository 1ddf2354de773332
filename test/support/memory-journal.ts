import type { Event } from '../../src/core/event.ts';
import { recordBytesMax } from '../../src/core/limits.ts';
import { jsonBytes } from '../../src/lib/first-that-fit.ts';
import {
  type Journal,
  JournalDeadError,
  RecordTooLargeError,
} from '../../src/ports/records/journal.ts';

/** Facts in a list, durable a microtask later. `die` makes it refuse, as a broken disk does. */
export class MemoryJournal implements Journal {
  recovered: readonly Event[];
  readonly notice: string | null = null;
  /** What is durable, the recovered facts included. */
  readonly events: Event[];
  #dead: JournalDeadError | null = null;

  constructor(recovered: readonly Event[] = []) {
    this.recovered = recovered;
    this.events = [...recovered];
  }

  forgetRecovered(): void {
    this.recovered = [];
  }

  async append(events: readonly Event[]): Promise<void> {
    if (this.#dead !== null) throw this.#dead;
    const large = events.find(event => jsonBytes(event) > recordBytesMax);
    if (large !== undefined)
      throw new RecordTooLargeError(`the fact ${large.type} is too large; nothing was recorded`);
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
