import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FollowJournal } from '../../ports/journal.ts';
import { lookAtChanges } from '../system/look-at-changes.ts';
import { type JournalScan, scanJournal } from './codec.ts';
import { JournalDamagedError, JournalNewerError } from './journal-errors.ts';

/** Follows the journal in this file, which need not exist yet. Reads each byte once, but for a torn tail. */
export const followJournal =
  (path: string): FollowJournal =>
  (onFacts, onProblem) => {
    const reader = new GrowingJournal(path);
    const stop = lookAtChanges(path, () => {
      try {
        const news = reader.read();
        if (news !== null) onFacts(news.scan.events, news.isAnew);
      } catch (error) {
        stop();
        onProblem(error instanceof Error ? error : new Error(String(error)));
      }
    });
    return stop;
  };

class GrowingJournal {
  readonly #path: string;
  #inode = -1;
  #offset = 0;
  #facts = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null when nothing whole has come. Throws `JournalDamagedError` or `JournalNewerError`. */
  read(): { readonly scan: JournalScan; readonly isAnew: boolean } | null {
    const file = openIfThere(this.#path);
    if (file === null) return null;
    try {
      const { ino, size } = fstatSync(file);
      const isAnew = ino !== this.#inode || size < this.#offset;
      if (isAnew) {
        this.#inode = ino;
        this.#offset = 0;
        this.#facts = 0;
      }
      const scan = scanJournal(bytesOf(file, this.#offset, size), this.#facts);
      const { fault } = scan;
      if (fault?.kind === 'newer') throw new JournalNewerError(this.#path, fault);
      if (fault?.kind === 'damaged') throw new JournalDamagedError(this.#path, fault);
      this.#offset += scan.goodBytes;
      this.#facts = scan.lastSeq;
      return isAnew || scan.events.length > 0 ? { scan, isAnew } : null;
    } finally {
      closeSync(file);
    }
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function bytesOf(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}
