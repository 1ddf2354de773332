import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Event } from '../../core/event.ts';
import { codeOf } from '../../lib/thrown.ts';
import { type JournalFault, type JournalScan, journalStart, scanJournal } from './codec.ts';
import { JournalDamagedError, JournalNewerError } from './journal-errors.ts';

/** Some hundred facts at once; what a month of a team needs in memory does not grow with it. */
const chunkBytes = 1_000_000;

/**
 * Every durable fact of the file, in order, a part of the file at a time; none when there is no file. Changes
 * nothing, so it may be called while a team runs: a record that is being written is not yet seen.
 * Throws `JournalDamagedError` or `JournalNewerError` where it comes to the fault.
 */
export async function* streamJournal(path: string): AsyncGenerator<readonly Event[]> {
  let place = journalStart;
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      const { events, goodBytes, fault } = scanJournal(bytes, place);
      refuse(path, fault);
      yield events;
      const { seq, offset, lines } = place;
      const more = events.length;
      place = { seq: seq + more, offset: offset + goodBytes, lines: lines + more };
      rest = bytes.subarray(goodBytes);
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** All of `streamJournal` at once. */
export async function readJournal(path: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const part of streamJournal(path)) for (const event of part) events.push(event);
  return events;
}

export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** A scan whose fault, if any, is a torn tail. */
export function scanFile(path: string, bytes: Buffer): JournalScan {
  const scan = scanJournal(bytes);
  refuse(path, scan.fault);
  return scan;
}

/** Throws where the facts cannot be trusted; a torn tail can. */
export function refuse(path: string, fault: JournalFault | null): void {
  if (fault?.kind === 'damaged') throw new JournalDamagedError(path, fault);
  if (fault?.kind === 'newer') throw new JournalNewerError(path, fault);
}
