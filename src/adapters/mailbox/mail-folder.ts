import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** The places inside a worktree through which an agent and Belfry talk. */
export type MailFolder = {
  readonly outbox: string;
  readonly answers: string;
  readonly assignment: string;
};

export function mailFolderOf(worktree: string): MailFolder {
  const folder = join(worktree, '.belfry');
  return {
    outbox: join(folder, 'outbox'),
    answers: join(folder, 'answers'),
    assignment: join(folder, 'assignment.json'),
  };
}

/** `000001764000000000-3f9a0c21.json`: names sort in the order of writing. */
export const mailNameOf = (at: number, random: string): string =>
  `${String(at).padStart(18, '0')}-${random}.json`;

/** Other names are no mail; a draft begins with a dot. */
export const isMailName = (name: string): boolean =>
  /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}\.json$/.test(name);

/** Throws before anything is made behind a link that took the place of the worktree or of its mail folder. */
export function refuseLinks(worktree: string): void {
  for (const path of [worktree, join(worktree, '.belfry')])
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`${path} must be a folder of its own, not a link; remove it`);
}

/** Whether a folder is there and is no link on the way: an agent must not send Belfry to other places. */
export function isOwnFolder(worktree: string, path: string): boolean {
  try {
    const expected = join(realpathSync(worktree), path.slice(worktree.length));
    return (
      lstatSync(worktree).isDirectory() &&
      lstatSync(path).isDirectory() &&
      realpathSync(path) === expected
    );
  } catch {
    return false;
  }
}
