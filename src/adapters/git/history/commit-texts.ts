import { GitError } from '../../../ports/worktrees.ts';
import { mustGit, runGit } from '../git.ts';
import { trunkRef } from '../prepare-repositories.ts';
import { readBlobs } from './read-blobs.ts';

export type CommitText = { readonly oid: string; readonly raw: string };

/** The way of the trunk in the hub, newest first, and the ids of all that is reachable from it; null without a hub. */
export async function trunkHistory(
  gitDir: string,
): Promise<{ readonly way: readonly string[]; readonly all: ReadonlySet<string> } | null> {
  const there = await runGit(['rev-parse', '--verify', '--quiet', trunkRef], { gitDir }).catch(
    () => null,
  );
  if (there === null || there.code !== 0) return null;
  const tip = there.stdout.trim();
  const [way, all] = await Promise.all([
    mustGit(['rev-list', '--first-parent', tip], { gitDir }),
    mustGit(['rev-list', tip], { gitDir }),
  ]);
  return { way: way.split('\n'), all: new Set(all.split('\n')) };
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
  const texts = await readBlobs(gitDir, oids);
  return oids.map(oid => ({ oid, raw: texts.get(oid) ?? '' }));
}
