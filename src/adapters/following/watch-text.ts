import { closeSync, fstatSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { lookAtChanges } from './look-at-changes.ts';
import { openSignalFile } from './open-signal-file.ts';

/** A file of state is small; a larger one is none and is not read. */
const textBytesMax = 64 * 1024;
/** Of a folder the last names in their order: files of sessions begin with their time. */
const namesMax = 500;

/**
 * Calls back with the text of a small file, or with the names in a folder, one a line: first as it is and then
 * after each change. Returns what stops it.
 */
export function watchText(
  path: string,
  onText: (text: string) => void,
  bytesMax = textBytesMax,
): () => void {
  let stamp = '';
  return lookAtChanges(path, () => {
    const read = readChanged(path, stamp, bytesMax);
    if (read === null) return;
    stamp = read.stamp;
    onText(read.text);
  });
}

function readChanged(
  path: string,
  before: string,
  bytesMax: number,
): { text: string; stamp: string } | null {
  const isWanted = (stat: Stats) => stampOf(stat) !== before && stat.size <= bytesMax;
  const file = openSignalFile(path, isWanted);
  if (file === null) return readNames(path, before);
  try {
    const stat = fstatSync(file);
    if (!isWanted(stat)) return null;
    const bytes = Buffer.alloc(stat.size);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, stat.size, 0));
    return { text, stamp: stampOf(stat) };
  } finally {
    closeSync(file);
  }
}

function readNames(path: string, before: string): { text: string; stamp: string } | null {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory() || stampOf(stat) === before) return null;
    return { text: readdirSync(path).sort().slice(-namesMax).join('\n'), stamp: stampOf(stat) };
  } catch {
    return null;
  }
}

const stampOf = ({ ino, size, mtimeMs }: Stats): string => `${ino} ${size} ${mtimeMs}`;
