import { readFile } from 'node:fs/promises';
import { codeOf } from '../../lib/thrown.ts';
import { type Recording, RecordingError, readCast } from './read-cast.ts';

/** One part; null when it was cut off in its header, or deleted meanwhile. */
export async function readPart(path: string): Promise<Recording | null> {
  try {
    return readCast(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof RecordingError || codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
