import { closeSync, fstatSync, readSync } from 'node:fs';
import { openSignalFile } from './open-signal-file.ts';

/** Settings and notes are small; a larger file is none. */
const bytesMax = 1_000_000;

/** The text of a file that agents can write; null where there is none that is small and read without waiting. */
export function readSmallFile(path: string): string | null {
  const file = openSignalFile(path, ({ size }) => size <= bytesMax);
  if (file === null) return null;
  try {
    const bytes = Buffer.alloc(Math.min(bytesMax, fstatSync(file).size));
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
