import { expect, test } from 'vitest';
import type { Attested, SeenCommit } from '../../../src/core/receipt/verify/attested.ts';
import { judgeCommit, type Known } from '../../../src/core/receipt/verify/judge-commit.ts';

const tree = 'd'.repeat(40);
const seen: SeenCommit = {
  ...{ oid: 'c'.repeat(40), tree, subject: 'T-1: Do it' },
  claim: { task: 'T-1', attempt: '2' },
  signature: { kind: 'good', key: 'SHA256:run' },
};
const landing: Attested = {
  ...{
    line: 9,
    hash: 'h',
    kind: 'landing',
    fact: 30,
    at: 1,
    isAfterwards: false,
    task: 'T-1',
    attempt: 2,
  },
  ...{ commit: seen.oid, tree, gate: null, log: null },
};
const gate: Attested = {
  ...landing,
  ...{ line: 7, kind: 'gate', fact: 28, log: { name: 'T-1-2-1', sha256: null } },
  gate: { run: 1, subject: 'candidate', result: 'green' },
};

type Given = Partial<Omit<Known, 'landings' | 'gates'>> & {
  readonly commit?: Partial<SeenCommit>;
  readonly landing?: Partial<Attested> | null;
  readonly gate?: Partial<Attested> | null;
};

function judged({ commit = {}, landing: land = {}, gate: run = {}, ...known }: Given) {
  const listed = (one: Attested, change: Partial<Attested> | null) =>
    new Map(change === null ? [] : [[seen.oid, [{ ...one, ...change }]]]);
  const { state, flaws } = judgeCommit(
    { ...seen, ...commit },
    {
      ...{ file: { keys: new Set(['SHA256:run']), firstFact: 10 }, isBehindSigned: false },
      ...{ landedFacts: new Map([[seen.oid, 30]]), passedFacts: new Map([[seen.oid, 28]]) },
      ...known,
      ...{ landings: listed(landing, land), gates: listed(gate, run) },
    },
  );
  return [state, ...flaws.map(({ level, reason }) => `${level}: ${reason}`)].join('\n');
}

const unsigned = { signature: { kind: 'none' } } as const;
const runOn = (subject: 'trunk' | 'branch') => ({ run: 1, subject, result: 'green' }) as const;
const noFact = { landedFacts: new Map<string, number>() };

const table: readonly (readonly [string, Given, RegExp])[] = [
  ['signed, attested, tested', {}, /^proven$/],
  ['a person’s', { commit: { ...unsigned, claim: null }, landing: null }, /^other$/],
  [
    'a person’s with a signature of theirs',
    { commit: { claim: null, signature: { kind: 'good', key: 'SHA256:theirs' } }, landing: null },
    /^other$/,
  ],
  ['unsigned, for its run could not', { commit: unsigned }, /^proven\nnote: it is not signed/],
  [
    'altered after signing',
    { commit: { signature: { kind: 'wrong' } } },
    /^broken\nbroken: its sign/,
  ],
  [
    'signed by somebody else',
    { commit: { signature: { kind: 'good', key: 'SHA256:evil' } } },
    /^broken\nbroken: it is signed by SHA256:evil/,
  ],
  [
    'on another tree',
    { commit: { tree: 'e'.repeat(40) } },
    /^broken\nbroken: its tree is e+, its rec/,
  ],
  ['of another task', { landing: { task: 'T-2' } }, /^broken\nbroken: it names T-1\/2, .* T-2\/2$/],
  [
    'of another attempt',
    { landing: { attempt: 1 } },
    /^broken\nbroken: it names T-1\/2, .* T-1\/1$/,
  ],
  ['without a gate run', { gate: null }, /^broken\nbroken: no receipt before that of its landing/],
  [
    'with a gate run on another tree',
    { gate: { tree: 'e'.repeat(40) } },
    /^broken\nbroken: no rec/,
  ],
  ['with a gate run that came later', { gate: { line: 10 } }, /^broken\nbroken: no receipt/],
  [
    'with a red gate run',
    { gate: { gate: { run: 1, subject: 'candidate', result: 'red' } } },
    /^broken\nbroken: no receipt/,
  ],
  [
    'with a run on the branch alone',
    { gate: { gate: runOn('branch') } },
    /^broken\nbroken: no rec/,
  ],
  ['with a run on the trunk alone', { gate: { gate: runOn('trunk') } }, /^broken\nbroken: no rec/],
  [
    'tested before the first receipt, landed after it',
    { gate: null, passedFacts: new Map([[seen.oid, 9]]) },
    /^unproven\nunproven: the gate passed on it before/,
  ],
  [
    'of that kind, and unsigned',
    { commit: unsigned, gate: null, passedFacts: new Map([[seen.oid, 9]]) },
    /^unproven\nnote: it is not signed.*\nunproven: the gate passed on it before/,
  ],
  ['without its receipt', { landing: null }, /^broken\nbroken: its receipt is missing, .*fact 30/],
  [
    'landed before the first receipt',
    { commit: unsigned, landing: null, landedFacts: new Map([[seen.oid, 10]]) },
    /^unproven\nunproven: it was landed before receipts/,
  ],
  [
    'landed before the first receipt, and yet signed',
    { landing: null, landedFacts: new Map([[seen.oid, 10]]) },
    /^broken\nbroken: its receipt is missing/,
  ],
  [
    'signed by Belfry, and landed by nobody who wrote it down',
    { landing: null, ...noFact },
    /^broken\nbroken: Belfry made it, and no receipt/,
  ],
  [
    'claimed, and known to nobody',
    { commit: unsigned, landing: null, ...noFact },
    /^broken\nbroken: it claims a landing of which/,
  ],
  [
    'claimed in a time of which nothing is left',
    { commit: unsigned, landing: null, ...noFact, isBehindSigned: true },
    /^unproven\nunproven: it claims a landing of which/,
  ],
];

test.each(table)('a commit %s', (_, given, expected) => {
  expect(judged(given)).toMatch(expected);
});
