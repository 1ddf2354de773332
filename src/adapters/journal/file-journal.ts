import { dirname, join } from 'node:path';
import type { Event } from '../../core/event.ts';
import { recordBytesMax } from '../../core/limits.ts';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import {
  type Journal,
  JournalDeadError,
  RecordTooLargeError,
} from '../../ports/records/journal.ts';
import { encodeRecord, formatVersion, type JournalScan } from './codec.ts';
import {
  type JournalFile,
  type OpenJournalFile,
  openJournalFile,
  writeNewFile,
} from './journal-file.ts';
import { readBytes, scanFile } from './read-journal.ts';

export type JournalOptions = {
  /** Of the instance lock that the caller holds. */
  readonly epoch: number;
  readonly openFile?: OpenJournalFile;
};

/**
 * Reads the file whole and opens it for appending. A torn tail is set aside in `journal.torn-<time>`.
 * Rejects with `JournalDamagedError` or `JournalNewerError`, and then has changed nothing.
 */
export async function openJournal(path: string, options: JournalOptions): Promise<Journal> {
  const bytes = await readBytes(path);
  const scan = scanFile(path, bytes);
  const file = await (options.openFile ?? openJournalFile)(path);
  try {
    const notice = scan.fault === null ? null : await cutTail(path, bytes, scan, file);
    return new FileJournal(path, file, scan, notice, Math.max(options.epoch, scan.lastEpoch));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function cutTail(
  path: string,
  bytes: Buffer,
  scan: JournalScan,
  file: JournalFile,
): Promise<string> {
  const tail = bytes.subarray(scan.goodBytes);
  const time = new Date().toISOString().replace(/[-:]/g, '');
  const aside = join(dirname(path), `journal.torn-${time}`);
  await writeNewFile(aside, tail);
  await file.truncate(scan.goodBytes);
  await file.sync();
  return (
    `The last ${tail.length} bytes of the journal were cut short by a crash and never acted on; ` +
    `they are kept in ${aside}.`
  );
}

type Waiting = {
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
};

/** Whatever is appended while a sync is under way goes to the disk together with the next one. */
class FileJournal implements Journal {
  recovered: readonly Event[];
  readonly notice: string | null;
  readonly #path: string;
  readonly #file: JournalFile;
  readonly #epoch: number;
  #seq: number;
  #goodBytes: number;
  #queue: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #dead: JournalDeadError | null = null;

  constructor(
    path: string,
    file: JournalFile,
    scan: JournalScan,
    notice: string | null,
    epoch: number,
  ) {
    this.#path = path;
    this.#file = file;
    this.#epoch = epoch;
    this.#seq = scan.lastSeq;
    this.#goodBytes = scan.goodBytes;
    this.recovered = scan.events;
    this.notice = notice;
  }

  forgetRecovered(): void {
    this.recovered = [];
  }

  append(events: readonly Event[]): Promise<void> {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    if (events.length === 0) return Promise.resolve();
    let bytes: Buffer;
    try {
      bytes = this.#encode(events);
    } catch (error) {
      return Promise.reject(error);
    }
    this.#seq += events.length;
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #encode(events: readonly Event[]): Buffer {
    const lines = events.map((event, index) => {
      const more = index < events.length - 1 ? { more: true as const } : {};
      const seq = this.#seq + 1 + index;
      const line = encodeRecord({ seq, epoch: this.#epoch, v: formatVersion, ...more, event });
      if (line.length <= recordBytesMax) return line;
      throw new RecordTooLargeError(
        `the fact ${event.type} takes ${line.length} bytes, more than ${recordBytesMax}; ` +
          'nothing was recorded',
      );
    });
    return Buffer.concat(lines);
  }

  async #flush(): Promise<void> {
    // Appends of the same moment share the first sync too.
    await null;
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0);
      try {
        await this.#makeDurable(Buffer.concat(group.map(({ bytes }) => bytes)));
        for (const { resolve } of group) resolve();
      } catch (error) {
        this.#die(error, group);
      }
    }
    this.#flushing = null;
  }

  async #makeDurable(bytes: Buffer): Promise<void> {
    try {
      for (let written = 0; written < bytes.length; ) {
        const count = await this.#file.write(bytes.subarray(written), this.#goodBytes + written);
        if (count <= 0) throw new Error('the disk took nothing');
        written += count;
      }
    } catch (error) {
      await this.#file.truncate(this.#goodBytes).catch(() => {
        // The next start finds a torn tail and cuts it off.
      });
      throw error;
    }
    // After a failed sync the kernel forgets what it could not write: asking again would answer "done".
    await this.#file.sync();
    this.#goodBytes += bytes.length;
  }

  #die(error: unknown, group: readonly Waiting[]): void {
    const code = codeOf(error);
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    const remedy = isFull ? 'The disk is full: make room' : 'Look after the disk';
    this.#dead = new JournalDeadError(
      `${this.#path} cannot be written (${messageOf(error)}). ${remedy}, then start Belfry again: ` +
        'it goes on from the last recorded fact.',
      { cause: error },
    );
    for (const { reject } of [...group, ...this.#queue.splice(0)]) reject(this.#dead);
  }

  async #close(): Promise<void> {
    this.#dead ??= new JournalDeadError(`${this.#path} is closed`);
    await this.#flushing;
    await this.#file.close();
  }
}
