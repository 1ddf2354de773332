import { lstatSync, readFileSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from '../../lib/thrown.ts';
import type { StateFolder } from '../system/state-folder.ts';
import type { GitOptions } from './git.ts';

/** How git is run in an agent's worktree: its own HEAD and index, but the configuration of the view. */
export function inWorktree(state: StateFolder, worktree: string, indexFile?: string): GitOptions {
  return {
    cwd: worktree,
    env: {
      GIT_DIR: join(state.teamView, 'worktrees', basename(worktree)),
      GIT_COMMON_DIR: state.teamView,
      GIT_WORK_TREE: worktree,
    },
    ...(indexFile === undefined ? {} : { indexFile }),
  };
}

/** Git's side of an agent's worktree: its HEAD and index. */
export const adminOf = (state: StateFolder, worktree: string): string =>
  join(state.team, 'worktrees', basename(worktree));

/** A link is none: what is cleared behind it could be anybody's. */
export const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

export const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** The file by which an agent's git finds the team repository is ours again; what stood there goes to the trash. */
export async function linkToTeam(state: StateFolder, worktree: string): Promise<void> {
  const link = join(worktree, '.git');
  const text = `gitdir: ${adminOf(state, worktree)}\n`;
  try {
    if (lstatSync(link).isFile() && readFileSync(link, 'utf8') === text) return;
    await rename(link, join(state.trash, `${basename(worktree)}-link-${Date.now()}`));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await writeFile(link, text, { flag: 'wx' });
}

/** No git works on one index for so long; a lock of this age was left by one that was killed. */
const lockAgeMaxMs = 60_000;

export async function removeStaleLocks(admin: string): Promise<void> {
  for (const name of ['index.lock', 'HEAD.lock']) {
    const lock = join(admin, name);
    const found = await stat(lock).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > lockAgeMaxMs)
      await rm(lock, { force: true });
  }
}
