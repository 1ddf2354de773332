import { mustGit, runGit } from './git.ts';

export type Changes = {
  readonly files: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

/** Files and lines of a range (`a..b`, `a...b`). A binary file counts no lines; a rename is both of its paths. */
export async function changesBetween(gitDir: string, range: string): Promise<Changes> {
  const args = ['diff', '--numstat', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const text = await mustGit([...args, range, '--'], { gitDir });
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
 * The range that shows what `head` would change on `trunk`: the trunk against the merge result. A branch
 * that took other branches in shows nothing of them. Where the two conflict: the branch since it left.
 */
export async function rangeOnTrunk(gitDir: string, trunk: string, head: string): Promise<string> {
  const args = ['merge-tree', '--write-tree', '--no-messages', trunk, head];
  const { code, stdout } = await runGit(args, { gitDir });
  return code === 0 ? `${trunk}..${stdout.trim()}` : `${trunk}...${head}`;
}
