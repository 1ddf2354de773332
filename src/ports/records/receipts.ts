import type { Receipt, ReceiptKind } from '../../core/receipt/receipt.ts';

/** A receipt that is on stable storage. */
export type WrittenReceipt = Pick<Receipt, 'fact' | 'task' | 'attempt'> & {
  readonly kind: ReceiptKind;
  /** SHA-256 of its line, 64 hex digits; the next receipt names it. */
  readonly hash: string;
};

/**
 * The append-only file of signed statements. It has one writer, and decides nothing: what is due follows from
 * the journal, so whatever could not be written is written by a later start.
 */
export interface Receipts {
  /** Whatever facts up to this number made due when the file was opened was written, or came before the first receipt. */
  readonly coveredTo: number;
  /** The newest receipts of the file when it was opened, oldest first; bounded. */
  readonly recent: readonly WrittenReceipt[];
  /** A sentence for the person about what was found at the start; null when all was well. */
  readonly notice: string | null;
  /** Why this run can write none: `append` then resolves with none. Null when it can. */
  readonly refusal: string | null;
  /**
   * Resolves when all of them are on stable storage, in this order; rejects when the disk refused, and then
   * none of them counts and they may be appended again. `isAfterwards`: an earlier run should have written them.
   */
  append(receipts: readonly Receipt[], isAfterwards: boolean): Promise<readonly WrittenReceipt[]>;
  /**
   * Says for good that Belfry itself deletes these gate logs, named as in their receipts, to keep their bound.
   * Resolves when it is on stable storage, or when this run can write none; rejects when the disk refused.
   */
  noteRemoved(logs: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Tells the newest receipts of a file that another process writes, after each change. Returns what stops it. */
export type FollowReceipts = (onRecent: (recent: readonly WrittenReceipt[]) => void) => () => void;
