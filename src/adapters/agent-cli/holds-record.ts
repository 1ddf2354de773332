import { closeSync, readSync } from 'node:fs';
import { openSignalFile } from '../following/open-signal-file.ts';
import { type JsonObject, parseObject } from './json-object.ts';

const chunkBytes = 65_536;
/** Sessions begin with settings and instructions of some ten kilobytes. What is longer than this holds more. */
const readBytesMax = 2_000_000;

/**
 * Whether one of the records, JSON objects in lines, at the beginning of a file is one of these. Torn lines
 * are none. A file of which the beginning does not tell is taken to hold one.
 */
export function holdsRecord(path: string, isIt: (record: JsonObject) => boolean): boolean {
  const file = openSignalFile(path, () => true);
  if (file === null) return false;
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let torn = Buffer.alloc(0);
    for (let offset = 0; offset < readBytesMax; ) {
      const count = readSync(file, chunk, 0, chunkBytes, offset);
      offset += count;
      const text = Buffer.concat([torn, chunk.subarray(0, count)]);
      const end = count === 0 ? text.length : text.lastIndexOf('\n') + 1;
      if (linesOf(text.subarray(0, end)).some(isRecord(isIt))) return true;
      if (count === 0) return false;
      torn = text.subarray(end);
    }
    return true;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

const linesOf = (text: Buffer): readonly string[] => text.toString('utf8').split('\n');

const isRecord = (isIt: (record: JsonObject) => boolean) => (line: string) => {
  const record = parseObject(line);
  return record !== null && isIt(record);
};
