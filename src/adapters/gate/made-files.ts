import type { BigIntStats } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { comparedFilesMax } from '../../core/limits.ts';

/** Signatures by path, folders with a slash at the end. */
export type MadeFiles = Readonly<Record<string, string>>;

/** Few enough for the threads that Node reads files with. */
const statsAtOnce = 64;

/** Everything below these paths of a folder, themselves included. Null when it is more than can be compared. */
export async function seeMadeFiles(
  root: string,
  paths: readonly string[],
): Promise<MadeFiles | null> {
  const seen: Record<string, string> = {};
  let count = 0;
  let open = paths.map(path => path.replace(/\/$/, ''));
  while (open.length > 0) {
    count += open.length;
    if (count > comparedFilesMax) return null;
    const below: string[] = [];
    for (let at = 0; at < open.length; at += statsAtOnce) {
      const some = open.slice(at, at + statsAtOnce);
      const found = await Promise.all(some.map(path => look(root, path)));
      for (const { name, signature, entries } of found) {
        if (signature !== null) seen[name] = signature;
        for (const entry of entries) below.push(`${name}${entry}`);
      }
    }
    open = below;
  }
  return seen;
}

async function look(root: string, path: string) {
  const full = join(root, path);
  const stat = await lstat(full, { bigint: true }).catch(() => null);
  if (stat === null) return { name: path, signature: null, entries: [] };
  if (!stat.isDirectory()) return { name: path, signature: signatureOf(stat), entries: [] };
  const entries = await readdir(full).catch(() => []);
  // Its times change with what is put into it, which is told by itself.
  return { name: `${path}/`, signature: `${stat.mode} ${stat.ino}`, entries };
}

/**
 * A program can set the time of a change back, but not that of the change of that (stat(2), `st_ctime`). A file that
 * has several names gets a new one of those when another worktree gives it one more name, so there it tells nothing.
 */
function signatureOf({ mode, ino, size, mtimeNs, ctimeNs, nlink }: BigIntStats): string {
  return `${mode} ${ino} ${size} ${mtimeNs} ${nlink === 1n ? ctimeNs : '-'}`;
}

/**
 * Takes away what came to these paths since, when all that was there is there unchanged. What is not, by name: none
 * when the rest can be used as it is; null when there is more than can be compared.
 */
export async function restoreMadeFiles(
  root: string,
  paths: readonly string[],
  made: MadeFiles,
): Promise<readonly string[] | null> {
  const seen = await seeMadeFiles(root, paths);
  if (seen === null) return null;
  const changed = Object.keys(made).filter(path => seen[path] !== made[path]);
  if (changed.length > 0) return changed;
  for (const path of Object.keys(seen))
    if (!Object.hasOwn(made, path)) await rm(join(root, path), { recursive: true, force: true });
  return [];
}
