import { closeSync, constants, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeFileAtomically } from '../system/atomic-file.ts';
import { syncFolder } from '../system/sync-folder.ts';

/**
 * Puts `next` in the place of a file that still holds `expected`, or changes nothing and answers null.
 * The new text is on the disk before the last look, and nothing of this process can come between that
 * look and the rename. Answers with the time of the new file's last change.
 */
export async function replaceText(
  path: string,
  expected: string,
  next: string,
  mode: number,
): Promise<number | null> {
  const draft = join(dirname(path), `.${basename(path)}.draft`);
  await writeFileAtomically(draft, next, mode);
  if (!holds(path, expected)) {
    await rm(draft, { force: true });
    return null;
  }
  renameSync(draft, path);
  const { mtimeMs } = statSync(path);
  await syncFolder(dirname(path));
  return mtimeMs;
}

function holds(path: string, expected: string): boolean {
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return readFileSync(fd).equals(Buffer.from(expected));
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}
