import type { Event } from '../../core/event.ts';

/** The append-only file of facts. The only durable memory of the workflow. */
export interface Journal {
  /** Every fact in the file when it was opened, in order. */
  readonly recovered: readonly Event[];
  /** Lets go of `recovered`, which is empty afterwards: once it is folded, nobody needs a month of facts. */
  forgetRecovered(): void;
  /** One sentence for the person when a torn tail was cut off and set aside; null otherwise. */
  readonly notice: string | null;
  /**
   * Resolves when the facts are on stable storage. Calls made while a sync is under way share the next one.
   * Rejects with `RecordTooLargeError` when one of them takes more than `recordBytesMax`; then none is written.
   * Rejects with `JournalDeadError` when the disk refused; nothing may be appended after that.
   */
  append(events: readonly Event[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Tells the facts of a journal that another process writes: those that are there at once, then each append when it
 * is whole. `isAnew`: the journal was begun again, nothing of before counts. `onProblem`, at most once: it cannot be
 * trusted any more, and nothing further is told. Changes nothing. Returns what stops it.
 */
export type FollowJournal = (
  onFacts: (facts: readonly Event[], isAnew: boolean) => void,
  onProblem: (problem: Error) => void,
) => () => void;

/** The journal cannot be written any more. Nothing that depends on a fact may happen after it. */
export class JournalDeadError extends Error {
  override readonly name = 'JournalDeadError';
}

/** A fact was so large that something unbounded must be in it. Nothing was written, and the journal lives. */
export class RecordTooLargeError extends Error {
  override readonly name = 'RecordTooLargeError';
}
