import { GitError } from '../../../ports/worktrees.ts';
import { mustGit, runGit } from '../git.ts';
import { trunkRef } from '../prepare-repositories.ts';
import { readBlobs } from './read-blobs.ts';

export type CommitText = { readonly oid: string; readonly raw: string };

/** Texts that are asked for at once: some megabytes. */
const textsAtOnce = 5_000;

export type TrunkHistory = {
  /** Along first parents, newest first, back to the first commit that names Belfry as its committer. */
  readonly way: readonly string[];
  /** How many commits are older than that. */
  readonly olderCount: number;
  /** Everything that is reachable. */
  readonly all: ReadonlySet<string>;
};

/** The trunk of the hub; null where there is none. `committer`: the address by which Belfry's own commits are known. */
export async function trunkHistory(
  gitDir: string,
  committer: string,
): Promise<TrunkHistory | null> {
  const there = await runGit(['rev-parse', '--verify', '--quiet', trunkRef], { gitDir }).catch(
    () => null,
  );
  if (there === null || there.code !== 0) return null;
  const tip = there.stdout.trim();
  const named = ['rev-list', '--first-parent', '--no-commit-header', '--format=%H %ce', tip];
  const [text, all] = await Promise.all([
    mustGit(named, { gitDir }),
    mustGit(['rev-list', tip], { gitDir }),
  ]);
  const rows = text.split('\n');
  const count = rows.findLastIndex(row => row.endsWith(` ${committer}`)) + 1;
  const way = rows.slice(0, count).map(row => row.slice(0, row.indexOf(' ')));
  return { way, olderCount: rows.length - count, all: new Set(all.split('\n')) };
}

/**
 * The commits that these words name in the person's repository, newest first: `A..B` along first parents, any other
 * the one commit. Rejects with `GitError` that names what git does not know.
 */
export async function namedCommits(
  repository: string,
  words: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const word of words) {
    const how = word.includes('..') ? '--first-parent' : '--no-walk';
    const args = ['rev-list', how, '--end-of-options', word, '--'];
    const { code, stdout, stderr } = await runGit(args, { cwd: repository });
    if (code !== 0)
      throw new GitError(`git does not know “${word}”: ${stderr.trim().split('\n')[0]}`);
    found.push(...stdout.split('\n').filter(oid => oid !== ''));
  }
  return [...new Set(found)];
}

/** The texts of commits of the hub (`gitDir`) or of the person's repository (`repository`), in the order asked for. */
export async function commitTexts(
  place: { readonly gitDir: string } | { readonly repository: string },
  oids: readonly string[],
): Promise<readonly CommitText[]> {
  const gitDir =
    'gitDir' in place
      ? place.gitDir
      : await mustGit(['rev-parse', '--absolute-git-dir'], { cwd: place.repository });
  const texts: CommitText[] = [];
  for (let from = 0; from < oids.length; from += textsAtOnce) {
    const some = oids.slice(from, from + textsAtOnce);
    const found = await readBlobs(gitDir, some);
    texts.push(...some.map(oid => ({ oid, raw: found.get(oid) ?? '' })));
  }
  return texts;
}
