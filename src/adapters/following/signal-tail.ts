import { closeSync, fstatSync, readSync } from 'node:fs';
import { lookAtChanges } from './look-at-changes.ts';
import { openSignalFile } from './open-signal-file.ts';

export type TailOptions = {
  /** Whether lines that were there before are told, too. */
  readonly from?: 'start' | 'end';
};

/** One for all: it is filled and copied from in one go, and one for each look would keep the collector busy. */
const chunk = Buffer.alloc(65_536);
/** Longer lines are no signals. They are skipped, so that no file can fill the memory. */
const lineBytesMax = 1_000_000;
const newline = 0x0a;

/**
 * Calls back with each whole line that is appended to a file, once and in order. The file need not exist
 * yet; a torn last line waits for its end; a file that was replaced or cut is read from its beginning.
 * The folder must exist. Returns what stops it; nothing is called back after that.
 */
export function tailSignals(
  path: string,
  onLine: (line: string) => void,
  { from = 'start' }: TailOptions = {},
): () => void {
  const reader = new LineReader(path);
  if (from === 'end') reader.read(() => {});
  let isStopped = false;
  const stop = lookAtChanges(path, () =>
    reader.read(line => {
      if (!isStopped) onLine(line);
    }),
  );
  return () => {
    isStopped = true;
    stop();
  };
}

/** Reads on where it stopped. */
class LineReader {
  readonly #path: string;
  #inode = -1;
  #offset = 0;
  #torn: Buffer = Buffer.alloc(0);
  #isSkipping = false;

  constructor(path: string) {
    this.#path = path;
  }

  read(onLine: (line: string) => void): void {
    const file = openSignalFile(
      this.#path,
      ({ ino, size }) => ino !== this.#inode || size !== this.#offset,
    );
    if (file === null) return;
    try {
      const { ino, size } = fstatSync(file);
      if (ino !== this.#inode || size < this.#offset) this.#begin(ino);
      while (this.#offset < size) {
        const count = readSync(file, chunk, 0, chunk.length, this.#offset);
        if (count === 0) break;
        this.#offset += count;
        this.#take(chunk.subarray(0, count), onLine);
      }
    } finally {
      closeSync(file);
    }
  }

  #begin(inode: number): void {
    this.#inode = inode;
    this.#offset = 0;
    this.#torn = Buffer.alloc(0);
    this.#isSkipping = false;
  }

  #take(chunk: Buffer, onLine: (line: string) => void): void {
    let rest = Buffer.concat([this.#torn, chunk]);
    for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
      const line = rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      if (!this.#isSkipping && line.length > 0) onLine(line.toString('utf8'));
      this.#isSkipping = false;
    }
    this.#isSkipping ||= rest.length > lineBytesMax;
    this.#torn = this.#isSkipping ? Buffer.alloc(0) : rest;
  }
}
