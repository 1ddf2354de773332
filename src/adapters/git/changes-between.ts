import { mustGit, runGit } from './git.ts';

export type Changes = {
  readonly files: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

/** Files and lines between two commits or trees. A binary file counts no lines; a rename is both of its paths. */
export async function changesBetween(gitDir: string, from: string, to: string): Promise<Changes> {
  const args = ['diff', '--numstat', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const text = await mustGit([...args, from, to, '--'], { gitDir });
  const rows = text
    .split('\0')
    .filter(row => row !== '')
    .map(row => row.split('\t'));
  const sum = (column: number) =>
    rows.reduce((total, row) => total + (Number(row[column]) || 0), 0);
  return {
    files: rows.map(row => row.slice(2).join('\t')),
    linesAdded: sum(0),
    linesRemoved: sum(1),
  };
}

/**
 * Between which two a branch's work is seen: the trunk and the merge result. A branch that took other
 * branches in shows nothing of them. Where the two conflict: the place where it left the trunk, and its tip.
 */
export async function endsOnTrunk(
  gitDir: string,
  trunk: string,
  head: string,
): Promise<readonly [string, string]> {
  const args = ['merge-tree', '--write-tree', '--no-messages', trunk, head];
  const { code, stdout } = await runGit(args, { gitDir });
  if (code === 0) return [trunk, stdout.trim()];
  const fork = await runGit(['merge-base', trunk, head], { gitDir });
  return [fork.code === 0 ? fork.stdout.trim() : trunk, head];
}
