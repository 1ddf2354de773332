import { expect, test } from 'vitest';
import type { TaskId } from '../../../src/core/ids.ts';
import type { Observation } from '../../../src/core/input.ts';
import { recordBytesMax, recordedFindingsMax } from '../../../src/core/limits.ts';
import { noFacts } from '../../../src/core/plan/plan-facts.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { TaskContent } from '../../../src/core/task.ts';
import { jsonBytes } from '../../../src/lib/first-that-fit.ts';
import { PlanDesk } from '../../../src/supervisor/plan/plan-desk.ts';
import { needsYou } from '../../../src/ui/present/needs.ts';
import { contentOf } from '../../core/plan/plan-builder.ts';
import { MemoryBoardFiles } from '../../support/memory-board-files.ts';
import { TeamDriver } from '../../support/team-driver.ts';

/** A running team on whose board somebody types. */
function open() {
  const team = new TeamDriver(0);
  let looks = 0;
  const facts = {
    read: async () => {
      looks += 1;
      return noFacts;
    },
  };
  const world = { boardFiles: new MemoryBoardFiles(), facts, log: { write: () => {} } };
  const observe = async (observation: Observation) => {
    team.input(observation);
    return true;
  };
  const about = { engineers: 3, policy: defaultPolicy, state: () => team.state };
  const desk = new PlanDesk({ world, ...about, observe });
  const type = async (tasks: Readonly<Record<string, TaskContent>>) => {
    team.addTasks(tasks);
    await desk.look();
  };
  const marks = (id: string) =>
    (team.state.plan.findings[id as TaskId] ?? []).map(
      ({ severity, rule }) => `${severity} ${rule}`,
    );
  const looksSoFar = () => looks;
  return { team, type, marks, looksSoFar, desk };
}

const queue = contentOf('Keep the order', { files: ['src/queue.ts'] });

test('what a person types is marked as soon as its file is read, and the mark goes with its cause', async () => {
  const { team, type, marks } = open();
  await type({ 'T-1': { ...queue, accept: [] } });
  expect(marks('T-1')).toEqual(['warning no-acceptance']);
  const tasks = [{ task: 'T-1' as TaskId, content: queue, by: 'person' as const, wish: null }];
  team.input({ type: 'board.read', tasks, broken: [] });
  await type({});
  expect(marks('T-1')).toEqual([]);
});

test('of two that collide the newer one is marked, and a task that can never begin needs the person', async () => {
  const { team, type, marks } = open();
  await type({ 'T-1': queue });
  await type({ 'T-2': contentOf('Drop old entries', { files: ['src/queue.ts'] }) });
  expect(marks('T-2')).toEqual(['warning overlap']);
  await type({ 'T-3': contentOf('Count them', { dependsOn: ['T-9' as TaskId] }) });
  expect(marks('T-3')).toEqual(['error unknown-dependency']);
  const needs = needsYou(team.state, defaultPolicy);
  expect(needs.map(({ subject }) => subject)).toEqual(['T-3 has a mistake']);
  expect(needs[0]?.text).toContain('Would pass: leave T-9 out');
});

test('where nothing was typed nobody is asked, and nothing is told twice', async () => {
  const { team, type, looksSoFar, desk } = open();
  await type({ 'T-1': { ...queue, accept: [] } });
  await desk.look();
  await desk.look();
  expect(looksSoFar()).toBe(1);
  expect(team.eventsOf('task.linted')).toHaveLength(1);
});

test('a board of hundreds of like tasks is looked at bit by bit, and what is told of it is bounded', async () => {
  const { team, type, marks } = open();
  const all = Array.from({ length: 300 }, (_, at) => [
    `T-${at + 1}`,
    contentOf(`Count the boats of harbour ${at + 1}`, { files: ['src/boats.ts'] }),
  ]);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 0);
  await type(Object.fromEntries(all));
  clearInterval(timer);
  // Something else had its turn, as a key would have.
  expect(ticks).toBeGreaterThan(2);
  expect(marks('T-1')).toHaveLength(recordedFindingsMax);
  expect(marks('T-300')).toContain('warning duplicate');
  const told = team.state.plan.findings['T-1' as TaskId];
  expect(jsonBytes(told)).toBeLessThan(recordBytesMax);
});
