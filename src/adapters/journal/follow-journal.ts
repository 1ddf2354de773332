import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Event } from '../../core/event.ts';
import type { FollowJournal } from '../../ports/journal.ts';
import { lookAtChanges } from '../following/look-at-changes.ts';
import { journalStart, scanJournal } from './codec.ts';
import { refuse } from './read-journal.ts';

/** Follows the journal in this file, which need not exist yet. Reads each byte once, but for a torn tail. */
export const followJournal =
  (path: string): FollowJournal =>
  (onFacts, onProblem) => {
    const reader = new GrowingJournal(path);
    const stop = lookAtChanges(path, () => {
      try {
        const news = reader.read();
        if (news !== null) onFacts(news.facts, news.isAnew);
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
  #place = journalStart;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null when nothing whole has come. Throws `JournalDamagedError` or `JournalNewerError`. */
  read(): { readonly facts: readonly Event[]; readonly isAnew: boolean } | null {
    const file = openIfThere(this.#path);
    if (file === null) return null;
    try {
      const { ino, size } = fstatSync(file);
      const isAnew = ino !== this.#inode || size < this.#place.offset;
      if (isAnew) this.#place = journalStart;
      this.#inode = ino;
      const { seq, offset, lines } = this.#place;
      const scan = scanJournal(bytesOf(file, offset, size), this.#place);
      refuse(this.#path, scan.fault);
      const facts = scan.events;
      this.#place = {
        ...{ seq: seq + facts.length, offset: offset + scan.goodBytes },
        lines: lines + facts.length,
      };
      return isAnew || facts.length > 0 ? { facts, isAnew } : null;
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
