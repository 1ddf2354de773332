import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { EventBody } from '../../../src/core/event.ts';
import { recordedGateRunsMax } from '../../../src/core/limits.ts';
import type { State } from '../../../src/core/state.ts';
import {
  agentId,
  candidate,
  firstAttempt,
  heldState,
  linesOf,
  oid,
} from '../../support/core-builders.ts';

/** The record after these facts, one second apart. */
const recordAfter = (...facts: readonly EventBody[]) => {
  const at = (body: EventBody, index: number) => ({ ...body, at: (index + 1) * 1_000 });
  const after: State = facts.map(at).reduce(apply, heldState);
  return after.tasks[firstAttempt.task]?.attempts[0]?.record;
};

const submitted: EventBody = {
  ...{
    type: 'attempt.submitted',
    ...firstAttempt,
    head: oid('h1'),
    summary: 'done',
    claimed: true,
  },
};
const tested: readonly EventBody[] = [
  submitted,
  { type: 'landing.started', ...firstAttempt },
  { type: 'candidate.built', ...firstAttempt, candidate, risks: [] },
];
const run = (number: number, subject: 'candidate' | 'trunk' | 'branch'): EventBody => ({
  ...{ type: 'gate.started', ...firstAttempt, run: number, subject },
});
const red: EventBody = {
  ...{ type: 'gate.failed', ...firstAttempt, run: 1, durationMs: 900, excerpt: 'red' },
  command: 'npm test',
};

const trunkGreen: EventBody = {
  ...{ head: oid('c0'), green: true, excerpt: null },
  type: 'trunk.checked',
};

test('a landed attempt tells who made it, what was tested and how long the gate took', () => {
  const passed: EventBody = {
    ...{ type: 'gate.passed', ...firstAttempt, run: 1, durationMs: 750, flaky: false },
    command: 'npm test',
  };
  const landed: EventBody = { type: 'landing.finished', ...firstAttempt, commit: oid('m1') };
  expect(recordAfter(...tested, run(1, 'candidate'), passed, landed)).toEqual({
    maker: { cli: 'scripted', session: 'eng-1-7', model: 'a-model' },
    head: 'h1',
    candidate: { base: 'c0', head: 'h1', commit: 'm1', tree: 't1' },
    gates: [
      {
        ...{ run: 1, subject: 'candidate', startedAt: 4_000 },
        ...{ result: 'green', durationMs: 750, command: 'npm test' },
      },
    ],
  });
});

test('every run of a caught attempt has its verdict, also those whose end has no fact of its own', () => {
  const record = recordAfter(
    ...[...tested, run(1, 'candidate'), red],
    ...[run(2, 'trunk'), trunkGreen],
    ...[run(3, 'candidate'), run(4, 'branch')],
    { type: 'attempt.collided', ...firstAttempt, others: [], excerpt: 'red' },
  );
  expect(record?.gates.map(one => [one.run, one.subject, one.result, one.durationMs])).toEqual([
    [1, 'candidate', 'red', 900],
    [2, 'trunk', 'green', 1_000],
    [3, 'candidate', 'red', 1_000],
    [4, 'branch', 'green', 1_000],
  ]);
});

test('an attempt that ends while its gate runs has a run without a verdict', () => {
  const record = recordAfter(...tested, run(1, 'candidate'), {
    ...{ type: 'attempt.withdrawn', ...firstAttempt, why: 'paused' },
  });
  expect(record?.gates.map(one => one.result)).toEqual(['none']);
});

test('one that never claimed says who had it; what nobody told is null', () => {
  expect(
    recordAfter({ type: 'attempt.failed', ...firstAttempt, reason: 'stalled', excerpt: '' }),
  ).toMatchObject({ maker: { session: 'eng-1-7' }, head: null, candidate: null, gates: [] });
});

test('runs are bounded: the newest are kept', () => {
  const runs = Array.from({ length: 20 }, (_, index) => run(index + 1, 'candidate'));
  const gates = recordAfter(...tested, ...runs)?.gates ?? [];
  expect(gates).toHaveLength(recordedGateRunsMax);
  expect(gates.at(-1)?.run).toBe(20);
});

test('a model is a fact as soon as it is told, once, and cut to its bound', () => {
  const seen = {
    ...{ agent: agentId('eng-1'), session: 'eng-1-7', contextUsed: null, costUsd: null },
    type: 'agent.measured',
  } as const;
  const measures = (model: string) =>
    linesOf(heldState, { ...seen, model }).filter(line => line.startsWith('agent.measured'));
  expect(measures('a-model')).toEqual([]);
  expect(measures('b'.repeat(500))).toEqual([`agent.measured eng-1 model=${'b'.repeat(100)}`]);
});
