import type { Attested, AttestedFile, Flaw, SeenCommit } from './attested.ts';

export type CommitVerdict = {
  readonly commit: SeenCommit;
  /** `other`: Belfry did not land it, and says nothing about it. */
  readonly state: 'proven' | 'broken' | 'unproven' | 'other';
  readonly flaws: readonly Flaw[];
  /** The receipts of its landing and of the gate run that passed on its tree. */
  readonly landing: Attested | null;
  readonly gate: Attested | null;
};

/** What the receipts and the journal know, by commit. */
export type Known = {
  readonly file: Pick<AttestedFile, 'keys' | 'firstFact'>;
  readonly landings: ReadonlyMap<string, readonly Attested[]>;
  readonly gates: ReadonlyMap<string, readonly Attested[]>;
  /** Numbers of the journal's facts about landings, by commit. */
  readonly landedFacts: ReadonlyMap<string, number>;
  /** The same of facts that the gate passed. */
  readonly passedFacts: ReadonlyMap<string, number>;
  /** No commit before it is signed by a run of Belfry: it may be older than receipts are. */
  readonly isBehindSigned: boolean;
};

export const isSignedHere = (
  { signature }: SeenCommit,
  { keys }: Pick<AttestedFile, 'keys'>,
): boolean => signature.kind === 'good' && keys.has(signature.key);

/** Whether Belfry landed this commit, and whether its very tree had passed the gate before. */
export function judgeCommit(commit: SeenCommit, known: Known): CommitVerdict {
  const landing = known.landings.get(commit.oid)?.at(-1) ?? null;
  if (landing === null && commit.claim === null && !isSignedHere(commit, known.file))
    return { commit, state: 'other', flaws: [], landing: null, gate: null };
  const gate = landing === null ? null : passedBefore(commit, landing, known);
  const flaws = [
    ...signatureFlaws(commit, known),
    ...(landing === null
      ? [withoutReceipt(commit, known)]
      : [...landingFlaws(commit, landing), ...(gate === null ? [withoutGate(commit, known)] : [])]),
  ];
  const has = (level: Flaw['level']) => flaws.some(one => one.level === level);
  const state = has('broken') ? 'broken' : has('unproven') ? 'unproven' : 'proven';
  return { commit, state, flaws, landing, gate };
}

const passedBefore = (commit: SeenCommit, landing: Attested, known: Known): Attested | null =>
  known.gates
    .get(commit.oid)
    ?.find(
      ({ gate, tree, line }) =>
        gate?.subject === 'candidate' &&
        gate.result === 'green' &&
        tree === commit.tree &&
        line < landing.line,
    ) ?? null;

const short = (oid: string) => oid.slice(0, 12);
const placeOf = ({ oid, subject }: SeenCommit) => `commit ${short(oid)} (${subject})`;

const broken = (commit: SeenCommit, reason: string, remedy: string): Flaw => ({
  ...{ level: 'broken', place: placeOf(commit), reason, remedy },
});
const unproven = (commit: SeenCommit, reason: string): Flaw => ({
  ...{ level: 'unproven', place: placeOf(commit), reason, remedy: null },
});

function signatureFlaws(commit: SeenCommit, { file, landings }: Known): readonly Flaw[] {
  const { signature, oid } = commit;
  if (signature.kind === 'wrong')
    return [
      broken(
        commit,
        'its signature does not fit what it says',
        'it was altered after it was signed.',
      ),
    ];
  if (signature.kind === 'good' && !file.keys.has(signature.key))
    return [
      broken(
        commit,
        `it is signed by ${signature.key}, a key that the root key of this repository did not certify`,
        'somebody else signed it, or receipts that certified the key are gone.',
      ),
    ];
  if (signature.kind === 'good' || !landings.has(oid)) return [];
  const reason = 'it is not signed; its receipts name it all the same';
  return [{ level: 'note', place: placeOf(commit), reason, remedy: null }];
}

const forged = 'somebody else made this commit, or the receipt: look who can write both.';

/** Where the commit and the receipt of its landing say different things. */
function landingFlaws(commit: SeenCommit, landing: Attested): readonly Flaw[] {
  const { claim, tree } = commit;
  const { task, attempt, line } = landing;
  const flaws: Flaw[] = [];
  if (claim !== null && (claim.task !== task || claim.attempt !== `${attempt}`)) {
    const names = `it names ${claim.task}/${claim.attempt}`;
    flaws.push(broken(commit, `${names}, its receipt (line ${line}) ${task}/${attempt}`, forged));
  }
  if (landing.tree !== null && landing.tree !== tree) {
    const is = `its tree is ${short(tree)}`;
    const says = `its receipt (line ${line}) says ${short(landing.tree)}`;
    flaws.push(broken(commit, `${is}, ${says}`, forged));
  }
  return flaws;
}

/** The gate may have passed before the first receipt, and the landing came after it. */
function withoutGate(commit: SeenCommit, { passedFacts, file }: Known): Flaw {
  const passed = passedFacts.get(commit.oid);
  if (passed !== undefined && file.firstFact !== null && passed <= file.firstFact)
    return unproven(commit, 'the gate passed on it before receipts were written');
  return broken(
    commit,
    `no receipt before that of its landing says that the gate passed on its tree ${short(commit.tree)}`,
    'do not trust it: run the gate on it yourself.',
  );
}

/** Older than receipts, or something is missing: the journal knows. */
function withoutReceipt(commit: SeenCommit, known: Known): Flaw {
  const { firstFact } = known.file;
  const fact = known.landedFacts.get(commit.oid);
  const mayBeOlder = commit.signature.kind === 'none';
  if (fact === undefined) return unknownLanding(commit, known);
  if (mayBeOlder && (firstFact === null || fact <= firstFact))
    return unproven(commit, 'it was landed before receipts were written');
  return broken(
    commit,
    `its receipt is missing, though the journal (fact ${fact}) says that it landed`,
    'the next start of Belfry writes what a crash kept from being written; if it is missing after that, somebody took it out.',
  );
}

function unknownLanding(commit: SeenCommit, { file, isBehindSigned }: Known): Flaw {
  if (isSignedHere(commit, file))
    return broken(
      commit,
      'Belfry made it, and no receipt and no fact of the journal tells that it landed',
      'a crash may have come right after the landing: then the next start finds and attests it. Otherwise somebody moved the trunk to it.',
    );
  const reason = 'it claims a landing of which no receipt and no fact of the journal tells';
  return commit.signature.kind === 'none' && isBehindSigned
    ? unproven(commit, reason)
    : broken(commit, reason, 'Belfry did not land it here, or receipts and journal were replaced.');
}
