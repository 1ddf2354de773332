import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { EventBody } from '../../../src/core/event.ts';
import type { Receipt } from '../../../src/core/receipt/receipt.ts';
import { receiptsOf } from '../../../src/core/receipt/receipts-of.ts';
import { agentId, candidate, firstAttempt, heldState, oid } from '../../support/core-builders.ts';

/** The receipts that these facts make due, one second apart, numbered from 1. */
function dueAfter(...facts: readonly EventBody[]): readonly Receipt[] {
  let before = heldState;
  return facts.flatMap((body, index) => {
    const event = { ...body, at: (index + 1) * 1_000 };
    const after = apply(before, event);
    const due = receiptsOf(before, event, after, index + 1);
    before = after;
    return due;
  });
}

/** `3 gate 1 candidate green`, `5 landing`. */
const lines = (receipts: readonly Receipt[]) =>
  receipts.map(one => {
    const words = {
      gate: () => (one.kind === 'gate' ? ` ${one.run} ${one.subject} ${one.result}` : ''),
      attempt: () => (one.kind === 'attempt' ? ` ${one.end}` : ''),
      landing: () => '',
    };
    return `${one.fact} ${one.kind}${words[one.kind]()}`;
  });

const tested: readonly EventBody[] = [
  { type: 'attempt.submitted', ...firstAttempt, head: oid('h1'), summary: 'done', claimed: true },
  { type: 'landing.started', ...firstAttempt },
  { type: 'candidate.built', ...firstAttempt, candidate, risks: [] },
];
const run = (number: number, subject: 'candidate' | 'trunk' | 'branch'): EventBody => ({
  ...{ type: 'gate.started', ...firstAttempt, run: number, subject },
});
const command = 'npm test';
const passed: EventBody = {
  ...{ type: 'gate.passed', ...firstAttempt, run: 1, durationMs: 750, flaky: false, command },
};
const red: EventBody = {
  ...{ type: 'gate.failed', ...firstAttempt, run: 1, durationMs: 900, excerpt: 'red', command },
};
const trunkGreen: EventBody = {
  ...{ type: 'trunk.checked', head: oid('c0'), green: true, excerpt: null },
};
const failed: EventBody = {
  ...{ type: 'attempt.failed', ...firstAttempt, reason: 'gate', excerpt: 'red' },
};
const maker = { cli: 'scripted', session: 'eng-1-7', model: 'a-model' };

test('a landing owes one for the gate run, one for the attempt and one for itself', () => {
  const landed: EventBody = { type: 'landing.finished', ...firstAttempt, commit: candidate.commit };
  const due = dueAfter(...tested, run(1, 'candidate'), passed, landed);
  expect(lines(due)).toEqual(['5 gate 1 candidate green', '6 attempt landed', '6 landing']);
  const { base, head, commit, tree } = candidate;
  const what = { base, head, commit, tree };
  expect(due.map(one => one.what)).toEqual([what, what, what]);
  expect(due.map(one => one.maker)).toEqual([maker, maker, maker]);
  expect(due[0]).toMatchObject({
    ...{ ...firstAttempt, agent: agentId('eng-1'), at: 5_000, durationMs: 750, command },
    log: 'T-1-1-1',
  });
});

test('every run of a caught attempt owes one, also the second red run that no fact names', () => {
  const due = dueAfter(
    ...tested,
    ...[run(1, 'candidate'), red, run(2, 'trunk'), trunkGreen],
    ...[run(3, 'candidate'), run(4, 'branch'), failed],
  );
  expect(lines(due)).toEqual([
    ...['5 gate 1 candidate red', '7 gate 2 trunk green', '9 gate 3 candidate red'],
    ...['10 gate 4 branch red', '10 attempt failed: gate'],
  ]);
  const told = due.map(one => (one.kind === 'gate' ? [one.what.commit, one.command] : []));
  expect(told).toEqual([
    ...[
      [candidate.commit, command],
      [candidate.base, null],
      [candidate.commit, command],
    ],
    ...[[candidate.head, command], []],
  ]);
});

test('a run that ended without a verdict owes one that says so', () => {
  const faulted: EventBody = {
    ...{ type: 'gate.faulted', ...firstAttempt, run: 1, reason: 'disk', retryAt: 9 },
  };
  const due = dueAfter(...tested, run(1, 'candidate'), faulted);
  expect(lines(due)).toEqual(['5 gate 1 candidate none']);
});

test('a landing whose candidate is not known says which commit, and claims no tree', () => {
  const landed: EventBody = { type: 'landing.finished', ...firstAttempt, commit: oid('f1') };
  const due = dueAfter(...tested, run(1, 'candidate'), passed, landed);
  expect(due.at(-1)).toMatchObject({
    ...{ kind: 'landing', what: { base: null, head: null, commit: oid('f1'), tree: null } },
  });
});

test('an attempt that is taken away owes one, once', () => {
  const withdrawn: EventBody = { type: 'attempt.withdrawn', ...firstAttempt, why: 'paused' };
  const dropped: EventBody = {
    type: 'task.dropped',
    ...firstAttempt,
    by: 'person',
    why: 'no need',
  };
  expect(lines(dueAfter(withdrawn, dropped))).toEqual(['1 attempt withdrawn']);
});

test('facts about other things owe nothing', () => {
  const moved: EventBody = { type: 'trunk.moved', head: oid('c9'), by: 'outside' };
  expect(
    dueAfter(moved, { type: 'team.paused' }, { type: 'task.paused', task: firstAttempt.task }),
  ).toEqual([]);
});
