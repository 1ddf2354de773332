import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Event } from '../../core/event.ts';
import { codeOf } from '../../lib/thrown.ts';
import type { FollowJournal } from '../../ports/records/journal.ts';
import { lookAtChanges } from '../following/look-at-changes.ts';
import { journalStart, scanJournal } from './codec.ts';
import { refuse } from './read-journal.ts';

/** Of a journal of months a part at a time: the page answers keys between two, and none fills the memory. */
const partBytes = 4_000_000;

/**
 * Follows the journal in this file, which need not exist yet. Reads each byte once, but for what is not whole. Tells
 * a long one in parts, the first of which is anew.
 */
export const followJournal =
  (path: string, bytesAtOnce = partBytes): FollowJournal =>
  (onFacts, onProblem) => {
    const reader = new GrowingJournal(path, bytesAtOnce);
    let isStopped = false;
    const read = (): void => {
      if (isStopped) return;
      try {
        const news = reader.read();
        if (news === null) return;
        onFacts(news.facts, news.isAnew);
        if (news.isMore) setImmediate(read);
      } catch (error) {
        stop();
        onProblem(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const stopLooking = lookAtChanges(path, read);
    const stop = (): void => {
      isStopped = true;
      stopLooking();
    };
    return stop;
  };

type News = {
  readonly facts: readonly Event[];
  readonly isAnew: boolean;
  /** The file goes on behind them. */
  readonly isMore: boolean;
};

class GrowingJournal {
  readonly #path: string;
  readonly #bytesAtOnce: number;
  #inode = -1;
  #place = journalStart;

  constructor(path: string, bytesAtOnce: number) {
    this.#path = path;
    this.#bytesAtOnce = bytesAtOnce;
  }

  /** Null when nothing whole has come. Throws `JournalDamagedError` or `JournalNewerError`. */
  read(): News | null {
    const file = openIfThere(this.#path);
    if (file === null) return null;
    try {
      const { ino, size } = fstatSync(file);
      const isAnew = ino !== this.#inode || size < this.#place.offset;
      if (isAnew) this.#place = journalStart;
      this.#inode = ino;
      const { facts, isMore } = this.#readPart(file, size);
      return isAnew || facts.length > 0 ? { facts, isAnew, isMore } : null;
    } finally {
      closeSync(file);
    }
  }

  /** At least one whole append, however long, where there is one. */
  #readPart(file: number, size: number): Omit<News, 'isAnew'> {
    const { seq, offset, lines } = this.#place;
    for (let wanted = this.#bytesAtOnce; ; wanted *= 2) {
      const end = Math.min(size, offset + wanted);
      const {
        events: facts,
        goodBytes,
        fault,
      } = scanJournal(bytesOf(file, offset, end), this.#place);
      refuse(this.#path, fault);
      if (facts.length === 0 && end < size) continue;
      this.#place = {
        ...{ seq: seq + facts.length, offset: offset + goodBytes },
        lines: lines + facts.length,
      };
      return { facts, isMore: end < size };
    }
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function bytesOf(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}
