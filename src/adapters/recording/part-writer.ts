import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TextDecoder } from 'node:util';
import { recordedPartBytesMax, unwrittenBytesMax } from '../../core/limits.ts';

/** What is drawn within this time becomes one event: finer than anybody sees. */
const eventMs = 33;

export type PartStart = {
  readonly path: string;
  readonly at: number;
  readonly cols: number;
  readonly rows: number;
  /** Who and what, in words; players show it. */
  readonly title: string;
};

type Waiting = { readonly at: number; readonly kind: 'o' | 'm' | 'r'; text: string };

/**
 * One part of a recording as asciicast version 2 (docs.asciinema.org/manual/asciicast/v2). Taking output in
 * costs a copy of its text; files are written by `flush`, in batches, and nothing here ever waits or throws.
 */
export class PartWriter {
  readonly #start: PartStart;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #isFull = false;
  /** Output was lost to a slow disk since the last event. */
  #hasGap = false;
  #isBegun = false;
  #isBroken = false;
  #writing: Promise<void> | null = null;

  constructor(start: PartStart) {
    this.#start = start;
  }

  output(bytes: Uint8Array, at: number): void {
    if (this.#isFull || this.#isBroken) return;
    const text = this.#decoder.decode(bytes, { stream: true });
    if (this.#waitingBytes + bytes.length > unwrittenBytesMax) {
      this.#hasGap = true;
      return;
    }
    if (this.#hasGap) this.mark('some output is left out: the disk is slow', at);
    this.#hasGap = false;
    this.#add('o', text, at);
    if (this.#writtenBytes + this.#waitingBytes < recordedPartBytesMax) return;
    this.mark('the recording of this attempt is full', at);
    this.#isFull = true;
  }

  mark(label: string, at: number): void {
    if (!this.#isFull) this.#add('m', label, at);
  }

  resized(cols: number, rows: number, at: number): void {
    if (!this.#isFull) this.#add('r', `${cols}x${rows}`, at);
  }

  /** Writes what waits. Resolves when it is written, or when writing turned out to be impossible. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    if (this.#waiting.length === 0 || this.#isBroken) return;
    const text = this.#waiting.map(one => this.#line(one)).join('');
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writtenBytes += text.length;
    // What the disk says no to is not worth a word: the work goes on without a recording.
    this.#writing = this.#write(text).catch(() => {
      this.#isBroken = true;
    });
    await this.#writing;
    this.#writing = null;
  }

  #add(kind: Waiting['kind'], text: string, at: number): void {
    const last = this.#waiting.at(-1);
    this.#waitingBytes += text.length;
    if (kind === 'o' && last?.kind === 'o' && at - last.at < eventMs) last.text += text;
    else this.#waiting.push({ at, kind, text });
  }

  #line({ at, kind, text }: Waiting): string {
    const seconds = Math.max(0, at - this.#start.at) / 1000;
    return `${JSON.stringify([seconds, kind, text])}\n`;
  }

  async #write(text: string): Promise<void> {
    const { path, cols, rows, at, title } = this.#start;
    if (!this.#isBegun) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const timestamp = Math.floor(at / 1000);
      const header = { version: 2, width: cols, height: rows, timestamp, title };
      await writeFile(path, `${JSON.stringify(header)}\n`, { mode: 0o600 });
      this.#isBegun = true;
    }
    await appendFile(path, text);
  }
}
