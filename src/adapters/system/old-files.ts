import type { Stats } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keptFilesMs } from '../../core/limits.ts';
import { messageOf } from '../../lib/thrown.ts';

export type Entry = { readonly name: string; readonly bytes: number; readonly since: number };

/** Deletes what has long been in the trash. What cannot be deleted is left, and told by `onError`; never rejects. */
export async function emptyTrash(
  trash: string,
  now: number,
  onError: (reason: string) => void,
): Promise<void> {
  for (const { name, since } of await entriesOf(trash))
    if (now - since > keptFilesMs) await remove(join(trash, name), onError);
}

/** Oldest first; a folder that is not there has none. */
export async function entriesOf(folder: string): Promise<readonly Entry[]> {
  const names = await readdir(folder).catch(() => []);
  const entries: Entry[] = [];
  for (const name of names) {
    const stat = await lstat(join(folder, name)).catch(() => null);
    if (stat !== null) entries.push({ name, bytes: stat.size, since: sinceOf(name, stat) });
  }
  return entries.sort((one, other) => one.since - other.since);
}

/** What is thrown away keeps its times; its name says when it was. The later of both, in doubt. */
function sinceOf(name: string, { mtimeMs, ctimeMs }: Stats): number {
  const thrownAt = Number(/-(\d{13})$/.exec(name)?.[1] ?? 0);
  return Math.max(thrownAt, mtimeMs, name.endsWith('.log') ? 0 : ctimeMs);
}

export async function remove(path: string, onError: (reason: string) => void): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    onError(`${path} is left: ${messageOf(error)}`);
  }
}
