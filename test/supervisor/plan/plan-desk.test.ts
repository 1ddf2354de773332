import { expect, test } from 'vitest';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import type { Observation } from '../../../src/core/input.ts';
import { noFacts, type PlanFacts } from '../../../src/core/plan/plan-facts.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { emptyState, type State } from '../../../src/core/state.ts';
import { step } from '../../../src/core/step.ts';
import { PlanDesk } from '../../../src/supervisor/plan/plan-desk.ts';
import { contentOf } from '../../core/plan/plan-builder.ts';
import { MemoryBoardFiles } from '../../support/memory-board-files.ts';

const architect = 'architect' as AgentId;

function desk(
  read: (scope: readonly string[]) => Promise<PlanFacts> = async () => noFacts,
  window: number | null = null,
) {
  const observed: Observation[] = [];
  const logged: string[] = [];
  const world = {
    boardFiles: new MemoryBoardFiles(),
    facts: { read },
    log: { write: (line: string) => void logged.push(line) },
  };
  let state: State = { ...emptyState, endedCleanly: false };
  const observe = async (observation: Observation) => {
    await null;
    observed.push(observation);
    state = step(state, { ...observation, at: 1 }, defaultPolicy).state;
    return true;
  };
  const policy = { ...defaultPolicy, engineerWindow: window };
  const planDesk = new PlanDesk({ world, engineers: 3, policy, state: () => state, observe });
  return { observed, logged, desk: planDesk };
}

const first = contentOf('Read a bank statement', { files: ['src/statement.ts'] });
const second = contentOf('Sort entries into categories', { files: ['src/statement.ts'] });

test('takes a task, reads the board at once, and records the warnings', async () => {
  const { desk: one, observed } = desk();
  const answer = await one.add({ ...first, files: ['src/index.ts'] }, architect);
  expect(answer).toMatchObject({ isAccepted: true, task: 'T-1' });
  expect(observed.map(({ type }) => type)).toEqual(['board.read', 'board.read', 'plan.linted']);
  expect(observed[2]).toMatchObject({ task: 'T-1', findings: [{ rule: 'hotspot' }] });
});

test('only what waits to be split has parts', async () => {
  const { desk: one } = desk();
  const answer = await one.add({ ...first, splits: 'T-9' as TaskId }, architect);
  expect(answer).toEqual({
    isAccepted: false,
    refused: 'T-9 does not wait to be split: leave --splits out',
  });
});

test('a refusal names the rule, the reason and what would pass, and changes nothing', async () => {
  const { desk: one, observed } = desk();
  const answer = await one.add({ ...first, accept: [] }, architect);
  expect(answer).toEqual({
    isAccepted: false,
    refused:
      'error no-acceptance: nothing tells when it is done: it has no acceptance command. ' +
      'Would pass: --accept with a command that fails today and succeeds when it is done.',
  });
  expect(observed.map(({ type }) => type)).toEqual(['board.read']);
});

test('of two tasks added together the second sees the first', async () => {
  const { desk: one } = desk();
  const [taken, refused, waiting] = await Promise.all([
    one.add(first, architect),
    one.add(second, architect),
    one.add({ ...second, dependsOn: ['T-1' as TaskId] }, architect),
  ]);
  expect(taken).toMatchObject({ isAccepted: true });
  expect(refused).toMatchObject({ isAccepted: false, refused: expect.stringContaining('T-1') });
  expect(waiting).toMatchObject({ isAccepted: true, task: 'T-2' });
});

test('whoever asks again after a crash gets the same task, not a refusal', async () => {
  const { desk: one } = desk();
  await one.add(first, architect);
  expect(await one.add(first, architect)).toMatchObject({ task: 'T-1', isNew: false });
});

test('the facts are asked of everything that the board declares', async () => {
  const asked: (readonly string[])[] = [];
  const { desk: one } = desk(async scope => {
    asked.push(scope);
    return noFacts;
  });
  await one.add(first, architect);
  await one.add({ ...second, files: ['b.ts'] }, architect);
  expect(asked).toEqual([['src/statement.ts'], ['b.ts', 'src/statement.ts']]);
});

test('without facts the other rules still hold, and the log says why', async () => {
  const { desk: one, logged } = desk(() => Promise.reject(new Error('no git')));
  expect(await one.add(first, architect)).toMatchObject({ isAccepted: true });
  expect(await one.add(second, architect)).toMatchObject({ isAccepted: false });
  expect(logged[0]).toContain('no git');
});

test('judges the breadth of a task by the window that team.yaml gives an engineer', async () => {
  const files = [{ path: 'src/statement.ts', tokens: 9_000 }];
  const facts = async () => ({ ...noFacts, files });
  expect(await desk(facts).desk.add(first, architect)).toMatchObject({ isAccepted: true });
  const answer = await desk(facts, 20_000).desk.add(first, architect);
  expect(answer).toMatchObject({
    isAccepted: false,
    refused: expect.stringContaining('window of 20k (as team.yaml says) leaves room for 8k'),
  });
});
