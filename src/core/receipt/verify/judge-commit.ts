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
  const flaws = flawsOf(commit, landing, gate, known);
  const worst = flaws.find(one => one.level === 'broken') ?? flaws[0];
  const state = worst === undefined || worst.level === 'note' ? 'proven' : worst.level;
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

function flawsOf(
  commit: SeenCommit,
  landing: Attested | null,
  gate: Attested | null,
  known: Known,
): readonly Flaw[] {
  const place = placeOf(commit);
  const broken = (reason: string, remedy: string): Flaw => ({
    ...{ level: 'broken', place, reason, remedy },
  });
  if (landing === null)
    return [...signatureFlaws(commit, known, broken), withoutReceipt(commit, known)];
  const flaws = [...signatureFlaws(commit, known, broken)];
  if (commit.signature.kind === 'none')
    flaws.push({
      ...{ level: 'note', place, reason: 'it is not signed; its receipts name it all the same' },
      remedy: null,
    });
  const { claim } = commit;
  if (claim !== null && (claim.task !== landing.task || claim.attempt !== `${landing.attempt}`))
    flaws.push(
      broken(
        `it names ${claim.task}/${claim.attempt}, its receipt (line ${landing.line}) ${landing.task}/${landing.attempt}`,
        forged,
      ),
    );
  if (landing.tree !== null && landing.tree !== commit.tree)
    flaws.push(
      broken(
        `its tree is ${short(commit.tree)}, its receipt (line ${landing.line}) says ${short(landing.tree)}`,
        forged,
      ),
    );
  if (gate === null) flaws.push(withoutGate(commit, landing, known, broken));
  return flaws;
}

const forged = 'somebody else made this commit, or the receipt: look who can write both.';
const short = (oid: string) => oid.slice(0, 12);
export const placeOf = ({ oid, subject }: SeenCommit) => `commit ${short(oid)} (${subject})`;

function signatureFlaws(
  { signature }: SeenCommit,
  { file }: Known,
  broken: (reason: string, remedy: string) => Flaw,
): readonly Flaw[] {
  if (signature.kind === 'wrong')
    return [
      broken('its signature does not fit what it says', 'it was altered after it was signed.'),
    ];
  if (signature.kind === 'good' && !file.keys.has(signature.key))
    return [
      broken(
        `it is signed by ${signature.key}, a key that the root key of this repository did not certify`,
        'somebody else signed it, or receipts that certified the key are gone.',
      ),
    ];
  return [];
}

/** The gate may have passed before the first receipt, and the landing came after it. */
function withoutGate(
  commit: SeenCommit,
  landing: Attested,
  { passedFacts, file }: Known,
  broken: (reason: string, remedy: string) => Flaw,
): Flaw {
  const passed = passedFacts.get(commit.oid);
  if (passed !== undefined && file.firstFact !== null && passed <= file.firstFact)
    return {
      ...{ level: 'unproven', place: placeOf(commit), remedy: null },
      reason: 'the gate passed on it before receipts were written',
    };
  return broken(
    `no receipt before line ${landing.line} says that the gate passed on its tree ${short(commit.tree)}`,
    'do not trust it: run the gate on it yourself.',
  );
}

/** Older than receipts, or something is missing: the journal knows. */
function withoutReceipt(commit: SeenCommit, known: Known): Flaw {
  const place = placeOf(commit);
  const fact = known.landedFacts.get(commit.oid);
  const { firstFact } = known.file;
  const isUnsigned = commit.signature.kind === 'none';
  const unproven = (reason: string): Flaw => ({
    ...{ level: 'unproven', place, reason, remedy: null },
  });
  if (fact === undefined && isUnsigned && known.isBehindSigned)
    return unproven('it claims a landing of which no receipt and no fact of the journal tells');
  if (fact === undefined && isSignedHere(commit, known.file))
    return {
      ...{ level: 'broken', place },
      reason: 'Belfry made it, and no receipt and no fact of the journal tells that it landed',
      remedy:
        'a crash may have come right after the landing: then the next start finds and attests it. Otherwise somebody moved the trunk to it.',
    };
  if (fact === undefined)
    return {
      ...{ level: 'broken', place },
      reason: 'it claims a landing that no receipt and no fact of the journal knows',
      remedy: 'Belfry did not land it here, or receipts and journal were replaced.',
    };
  if (firstFact === null ? isUnsigned : fact <= firstFact && isUnsigned)
    return unproven('it was landed before receipts were written');
  return {
    ...{
      level: 'broken',
      place,
      reason: `its receipt is missing, though the journal (fact ${fact}) says that it landed`,
    },
    remedy:
      'the next start of Belfry writes what a crash kept from being written; if it is missing after that, somebody took it out.',
  };
}
