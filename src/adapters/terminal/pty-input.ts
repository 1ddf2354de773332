import { writeSync } from 'node:fs';
import type { Pty } from 'node-pty';
import { codeOf } from '../../lib/thrown.ts';

/** A program that reads nothing may leave this much unread; what comes after it is dropped. */
const queuedBytesMax = 1024 * 1024;
const retryMsMin = 5;
const retryMsMax = 100;

/**
 * Types into a PTY without blocking. The package's own writing polls without pause while a stopped
 * program reads nothing, prints to the console, and writes on to the number of a closed file.
 */
export class PtyInput {
  readonly #pty: Pty;
  #queued = new Uint8Array();
  #retryMs = retryMsMin;
  #timer: NodeJS.Timeout | null = null;

  constructor(pty: Pty) {
    this.#pty = pty;
  }

  get queuedBytes(): number {
    return this.#queued.length;
  }

  write(keys: string): void {
    const bytes = Buffer.from(keys);
    if (this.#queued.length + bytes.length > queuedBytesMax) return;
    this.#queued = this.#queued.length === 0 ? bytes : Buffer.concat([this.#queued, bytes]);
    if (this.#timer === null) this.#flush();
  }

  /** Drops what was not taken. */
  close(): void {
    this.#queued = new Uint8Array();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #flush(): void {
    this.#timer = null;
    try {
      while (this.#queued.length > 0) {
        if (this.#pty._socket.destroyed) return this.close();
        const written = writeSync(this.#pty.fd, this.#queued);
        this.#queued = this.#queued.subarray(written);
        this.#retryMs = retryMsMin;
      }
    } catch (error) {
      if (!isFull(error)) return this.close();
      this.#timer = setTimeout(() => this.#flush(), this.#retryMs);
      this.#timer.unref();
      this.#retryMs = Math.min(this.#retryMs * 2, retryMsMax);
    }
  }
}

function isFull(error: unknown): boolean {
  return codeOf(error) === 'EAGAIN';
}
