import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { Log } from '../../ports/log.ts';

/** With the one old file kept beside it, the log takes at most twice this. */
const fileBytesMax = 2_000_000;
const lineCharsMax = 10_000;

/**
 * Lines with their time, this user's eyes only. When the file is full it becomes `<path>.old`, in place of
 * the one before. Never throws: a log that cannot be written must not end the run.
 */
export class FileLog implements Log {
  readonly #path: string;
  readonly #bytesMax: number;
  #bytes: number;

  constructor(path: string, bytesMax = fileBytesMax) {
    this.#path = path;
    this.#bytesMax = bytesMax;
    this.#bytes = sizeOf(path);
  }

  /** Writes at once, so that the last line before a crash is there. Line breaks are kept visible as `\n`. */
  write(line: string): void {
    try {
      const text = line.slice(0, lineCharsMax).replaceAll('\r', '\\r').replaceAll('\n', '\\n');
      const bytes = Buffer.from(`${new Date().toISOString()} ${text}\n`);
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.#bytesMax) this.#rotate();
      appendFileSync(this.#path, bytes, { mode: 0o600 });
      this.#bytes += bytes.length;
    } catch {
      // A full disk or a removed folder: there is nowhere to say it.
    }
  }

  #rotate(): void {
    // First, so that a file that somebody removed is not asked for again and again.
    this.#bytes = 0;
    renameSync(this.#path, `${this.#path}.old`);
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
