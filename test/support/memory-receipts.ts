import { createHash } from 'node:crypto';
import type { Receipt } from '../../src/core/receipt/receipt.ts';
import type { Receipts, WrittenReceipt } from '../../src/ports/records/receipts.ts';

export type MemoryLine = {
  readonly receipt: Receipt;
  readonly isAfterwards: boolean;
  readonly hash: string;
};

/** Receipts in a list that outlives those who write them. `breaks`: how many appends the disk refuses first. */
export class MemoryReceipts implements Receipts {
  readonly coveredTo: number;
  readonly recent: readonly WrittenReceipt[];
  readonly notice = null;
  refusal: string | null = null;
  readonly lines: MemoryLine[];
  /** Logs that were said to be removed. */
  readonly removed: string[] = [];
  breaks = 0;
  /** How often something was to be written. */
  tries = 0;
  #isClosed = false;

  constructor(facts = 0, lines: MemoryLine[] = []) {
    this.lines = lines;
    const last = lines.at(-1)?.receipt.fact ?? facts;
    this.coveredTo = last > facts ? 0 : last;
    this.recent = lines.map(writtenOf);
  }

  async append(receipts: readonly Receipt[], isAfterwards: boolean) {
    await null;
    this.tries += 1;
    if (this.#isClosed) throw new Error('the receipts are closed');
    if (this.breaks > 0) {
      this.breaks -= 1;
      throw new Error('the disk is full');
    }
    const added = receipts.map(receipt => {
      const before = this.lines.at(-1)?.hash ?? '';
      const text = JSON.stringify([before, receipt, isAfterwards]);
      const hash = createHash('sha256').update(text).digest('hex');
      const line = { receipt, isAfterwards, hash };
      this.lines.push(line);
      return line;
    });
    return added.map(writtenOf);
  }

  async noteRemoved(logs: readonly string[]): Promise<void> {
    await null;
    if (this.#isClosed) throw new Error('the receipts are closed');
    this.removed.push(...logs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}

const writtenOf = ({ receipt, hash }: MemoryLine): WrittenReceipt => {
  const { kind, fact, task, attempt } = receipt;
  return { kind, fact, task, attempt, hash };
};
