import { readFile } from 'node:fs/promises';
import type { Event } from '../../core/event.ts';
import { type JournalScan, scanJournal } from './codec.ts';
import { JournalDamagedError, JournalNewerError } from './journal-errors.ts';

/**
 * Every durable fact of the file, in order; none when there is no file. Changes nothing, so it may be
 * called while a team runs: a record that is being written is not yet seen.
 * Rejects with `JournalDamagedError` or `JournalNewerError`.
 */
export async function readJournal(path: string): Promise<readonly Event[]> {
  return scanFile(path, await readBytes(path)).events;
}

export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** A scan whose fault, if any, is a torn tail. */
export function scanFile(path: string, bytes: Buffer): JournalScan {
  const scan = scanJournal(bytes);
  if (scan.fault?.kind === 'damaged') throw new JournalDamagedError(path, scan.fault);
  if (scan.fault?.kind === 'newer') throw new JournalNewerError(path, scan.fault);
  return scan;
}
