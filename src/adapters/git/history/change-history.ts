import { companionCommitsMin, companionShareMin } from '../../../core/limits.ts';
import type { Companion, PlanFacts } from '../../../core/plan/plan-facts.ts';
import { mustGit } from '../git.ts';

/** Older commits say how the code once was, and reading them takes time. */
const commitsMax = 1_000;
/** Larger commits are reformattings and moves: what they change together belongs together by accident. */
const filesPerCommitMax = 25;
/** Fewer commits show no habit. */
const commitsMin = 20;

/** The paths that each of the newest commits changed, merges left out. */
export async function readChanges(
  gitDir: string,
  commit: string,
): Promise<readonly (readonly string[])[]> {
  const text = await mustGit(
    [
      ...['log', '-z', '--no-merges', '--no-renames', '--name-only', '--no-show-signature'],
      ...[`--max-count=${commitsMax}`, '--format=%x01', commit, '--'],
    ],
    { gitDir },
  );
  return text
    .split('\x01')
    .map(entry => entry.split('\0').map(path => path.replace(/^\n/, '')))
    .map(paths => paths.filter(path => path !== ''));
}

/** What those commits say about files that the trunk still has. */
export function historyOf(
  changes: readonly (readonly string[])[],
  present: ReadonlySet<string>,
): Pick<PlanFacts, 'companions' | 'changeShares'> {
  const commits = changes
    .map(paths => paths.filter(path => present.has(path)))
    .filter(paths => paths.length > 0);
  return { companions: companionsOf(commits), changeShares: changeSharesOf(commits) };
}

function changeSharesOf(commits: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = countsOf(commits);
  if (commits.length < commitsMin) return new Map();
  return new Map([...counts].map(([path, count]) => [path, count / commits.length]));
}

function countsOf(commits: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const paths of commits)
    for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

function companionsOf(
  commits: readonly (readonly string[])[],
): ReadonlyMap<string, readonly Companion[]> {
  const narrow = commits.filter(paths => paths.length <= filesPerCommitMax);
  const counts = countsOf(narrow);
  const pairs = new Map<string, Map<string, number>>();
  for (const paths of narrow)
    for (const one of paths) {
      // Most files change once or twice: only what changed often enough is worth counting in pairs.
      if ((counts.get(one) ?? 0) < companionCommitsMin) continue;
      const beside = pairs.get(one) ?? new Map<string, number>();
      pairs.set(one, beside);
      for (const other of paths) if (other !== one) beside.set(other, (beside.get(other) ?? 0) + 1);
    }
  const found = new Map<string, readonly Companion[]>();
  for (const [one, beside] of pairs) {
    const all = counts.get(one) ?? 1;
    const strong = [...beside]
      .map(([path, together]) => ({ path, together, share: together / all }))
      .filter(
        ({ together, share }) => together >= companionCommitsMin && share >= companionShareMin,
      )
      .sort((a, b) => b.share - a.share || (a.path < b.path ? -1 : 1));
    if (strong.length > 0) found.set(one, strong);
  }
  return found;
}
