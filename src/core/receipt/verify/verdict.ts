import type { Event } from '../../event.ts';
import type { Attested, AttestedFile, Flaw, SeenCommit } from './attested.ts';
import { type CommitVerdict, isSignedHere, judgeCommit } from './judge-commit.ts';
import { judgeFacts } from './judge-facts.ts';

export type Verdict = {
  /** In the order in which the commits were given. */
  readonly commits: readonly CommitVerdict[];
  readonly flaws: readonly Flaw[];
  /** Gate runs whose logs should be what their receipts say. */
  readonly gates: readonly Attested[];
  readonly openLog: string | null;
};

/**
 * Whether every commit that Belfry landed had a passing gate on its tree, as far as the receipts prove it.
 * `whole`: the commits are all of the trunk, and `isOnTrunk` tells what is reachable from it; without it only
 * these commits and the chain are judged.
 */
export function judge(given: {
  readonly commits: readonly SeenCommit[];
  readonly file: AttestedFile;
  readonly events: readonly Event[];
  readonly whole: { readonly isOnTrunk: (oid: string) => boolean } | null;
}): Verdict {
  const { file, events, whole } = given;
  const facts = judgeFacts(events, file);
  const known = {
    ...{ file, landedFacts: facts.landedFacts, passedFacts: facts.passedFacts },
    landings: byCommit(file.receipts, 'landing'),
    gates: byCommit(file.receipts, 'gate'),
  };
  // Newest first: what comes behind the last signed one may be older than the first receipt.
  const lastSigned = given.commits.findLastIndex(commit => isSignedHere(commit, file));
  const commits = given.commits.map((commit, index) =>
    judgeCommit(commit, { ...known, isBehindSigned: index > lastSigned }),
  );
  const flaws = [...file.flaws, ...commits.flatMap(one => one.flaws)];
  const { openLog } = facts;
  if (whole === null) {
    const gates = commits.flatMap(one => one.gate ?? []);
    return { commits, flaws, gates, openLog };
  }
  // Said of the commit already.
  const missing = new Set(commits.flatMap(one => (one.landing === null ? [one.commit.oid] : [])));
  const unsaid = facts.flaws.filter(({ landed }) => landed === null || !missing.has(landed));
  const late = file.receipts.filter(one => one.isAfterwards).length;
  const lost = file.receipts.filter(
    ({ kind, commit }) => kind === 'landing' && commit !== null && !whole.isOnTrunk(commit),
  );
  return {
    ...{ commits, openLog },
    flaws: [
      ...flaws,
      ...unsaid.map(({ flaw }) => flaw),
      ...lost.map(notOnTrunk),
      ...(late === 0 ? [] : [writtenLate(late)]),
    ],
    gates: file.receipts.filter(({ kind }) => kind === 'gate'),
  };
}

function byCommit(
  receipts: readonly Attested[],
  kind: Attested['kind'],
): ReadonlyMap<string, readonly Attested[]> {
  const found = new Map<string, Attested[]>();
  for (const one of receipts) {
    if (one.kind !== kind || one.commit === null) continue;
    const list = found.get(one.commit);
    if (list === undefined) found.set(one.commit, [one]);
    else list.push(one);
  }
  return found;
}

const notOnTrunk = ({ line, task, attempt, commit }: Attested): Flaw => ({
  level: 'broken',
  place: `receipt line ${line}`,
  reason: `it says that ${task}/${attempt} landed as ${commit?.slice(0, 12)}, which is not on the trunk`,
  remedy: 'the history was written anew, or the receipts are of another repository.',
});

const writtenLate = (count: number): Flaw => ({
  ...{ level: 'note', place: 'receipts', remedy: null },
  reason: `${count === 1 ? '1 was' : `${count} were`} written by the next start, for the run of the fact ended before`,
});
