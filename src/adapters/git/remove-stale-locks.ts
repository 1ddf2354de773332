import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A git that was ended by KILL leaves its lock files behind, and every later git refuses its work because
 * of them. Only for a repository in which nothing runs.
 */
export async function removeStaleLocks(gitDir: string): Promise<void> {
  const found = await Promise.all([
    locksIn(gitDir, false),
    ...['worktrees', 'refs', 'logs'].map(name => locksIn(join(gitDir, name), true)),
  ]);
  for (const path of found.flat()) await rm(path, { force: true });
}

async function locksIn(folder: string, isDeep: boolean): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: isDeep });
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.lock'))
    .map(entry => join(entry.parentPath, entry.name));
}
