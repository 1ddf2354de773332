import type { Oid } from '../../core/ids.ts';
import { matchesGlob } from '../../lib/path-glob.ts';
import type { Assignment } from '../../ports/mailbox.ts';
import { readGit, readGitList } from './read-git.ts';

export type WorkCheck =
  | { readonly ok: true; readonly head: Oid; readonly outside: readonly string[] }
  /** What is wrong, and what would pass. */
  | { readonly ok: false; readonly reason: string };

const listedMax = 10;
/** Belfry's own files in a worktree are nobody's work. */
const ownFiles = /^\.belfry\/(?:outbox\/|answers\/|\.?assignment\.json(?:\.[\w-]+\.tmp)?$)/;

/** What can be told at once of a claim of done, without running anything of the repository. */
export async function checkWork(worktree: string, held: Assignment): Promise<WorkCheck> {
  const branch = (await readGit(worktree, ['symbolic-ref', '--quiet', '--short', 'HEAD']))?.trim();
  if (branch !== held.branch) {
    const where = branch === undefined ? 'on no branch' : `on the branch ${branch}`;
    return no(`you are ${where}; the work belongs on ${held.branch}: git switch ${held.branch}`);
  }
  if ((await readGit(worktree, ['rev-parse', '--quiet', '--verify', 'MERGE_HEAD'])) !== null)
    return no('a merge is not finished: resolve every file, git add it, and commit');
  const dirty = await dirtyFiles(worktree);
  if (dirty === null) return no('git cannot read this worktree: see what “git status” says');
  if (dirty.length > 0)
    return no(
      `these changes are not committed: commit them, remove them, or ignore them in .gitignore\n${listOf(dirty)}`,
    );
  const head = (await readGit(worktree, ['rev-parse', '--verify', 'HEAD']))?.trim();
  const count = await readGit(worktree, ['rev-list', '--count', `${held.base}..HEAD`, '--']);
  if (head === undefined || count === null)
    return no(`git cannot compare your work with ${held.base.slice(0, 10)}: see “git status”`);
  if (Number(count) === 0)
    return no(
      'nothing is committed for this task: commit your work, or say “belfry blocked --why …”',
    );
  const changed = await changedFiles(worktree, held.base);
  if (changed === null) return no('git cannot list what you changed: see what “git status” says');
  return { ok: true, head: head as Oid, outside: outsideOf(held.files, changed) };
}

/**
 * What merging the work into the trunk would change there. A plain diff would also show what came in
 * from the trunk or from another branch that has landed.
 */
async function changedFiles(worktree: string, base: Oid): Promise<readonly string[] | null> {
  const merge = ['merge-tree', '--write-tree', '--name-only', '--no-messages', base, 'HEAD'];
  // With conflicts it exits with 1 and still names the tree; `readGit` gives null then.
  const tree = (await readGit(worktree, merge))?.split('\n')[0];
  const range = tree === undefined ? [`${base}...HEAD`] : [base, tree];
  return readGitList(worktree, ['diff', '--name-only', '--no-renames', '-z', ...range, '--']);
}

/** A task that declares no files may change all. */
const outsideOf = (files: readonly string[], changed: readonly string[]): readonly string[] =>
  files.length === 0 ? [] : changed.filter(path => !files.some(one => matchesGlob(path, one)));

const no = (reason: string): WorkCheck => ({ ok: false, reason });

async function dirtyFiles(worktree: string): Promise<readonly string[] | null> {
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all'];
  const entries = await readGitList(worktree, args);
  return entries === null
    ? null
    : entries.map(entry => entry.slice(3)).filter(path => !ownFiles.test(path));
}

/** Paths one to a line, the first few of many. */
export function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, listedMax).map(path => `  ${path}`);
  const rest = paths.length - shown.length;
  return [...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n');
}
