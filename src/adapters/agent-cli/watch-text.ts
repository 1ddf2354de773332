import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { watchFolder } from './watch-folder.ts';

/** A file of state is small; a larger one is none and is not read. */
const textBytesMax = 64 * 1024;
/** Of a folder the last names in their order: files of sessions begin with their time. */
const namesMax = 500;
/** Change notices can be missing, and the folder may appear later: the file is looked at this often anyway. */
const lookEveryMs = 1_000;

/**
 * Calls back with the text of a small file, or with the names in a folder, one a line: first as it is and then
 * after each change. Returns what stops it.
 */
export function watchText(path: string, onText: (text: string) => void): () => void {
  let stamp = '';
  let isStopped = false;
  const look = (): void => {
    if (isStopped) return;
    const read = readChanged(path, stamp);
    if (read === null) return;
    stamp = read.stamp;
    onText(read.text);
  };
  const stopWatching = watchFolder(path, look);
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  // Never inside the call: whoever listens may not be ready before it returned.
  queueMicrotask(look);
  return () => {
    isStopped = true;
    clearInterval(timer);
    stopWatching();
  };
}

function readChanged(path: string, before: string): { text: string; stamp: string } | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const { ino, size, mtimeMs, kind } = describe(file);
    const stamp = `${ino} ${size} ${mtimeMs}`;
    if (stamp === before || kind === 'other') return null;
    if (kind === 'folder')
      return { text: readdirSync(path).sort().slice(-namesMax).join('\n'), stamp };
    if (size > textBytesMax) return null;
    const bytes = Buffer.alloc(size);
    return { text: bytes.toString('utf8', 0, readSync(file, bytes, 0, size, 0)), stamp };
  } finally {
    closeSync(file);
  }
}

function describe(file: number) {
  const stat = fstatSync(file);
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  return { ino: stat.ino, size: stat.size, mtimeMs: stat.mtimeMs, kind };
}
