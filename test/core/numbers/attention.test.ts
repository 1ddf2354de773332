import { expect, test } from 'vitest';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import { minuteMs } from '../../support/small-week.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const id = 'T-1' as TaskId;
const waited = (minutes: number) => ({ waits: 1, waitedMs: minutes * minuteMs });

function escalatedToPerson(): TeamDriver {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  team.input({ type: 'task.escalate', task: id, why: 'stuck' });
  team.pass(1 * minuteMs);
  team.input({ type: 'task.ask', task: id, by: 'manager' as AgentId, text: 'which order?' });
  team.pass(4 * minuteMs);
  return team;
}

test('an escalation waits from when the person was asked, not the manager', () => {
  const team = escalatedToPerson();
  team.input({ type: 'task.guide', task: id, by: 'person', text: 'the old one' });
  expect(team.state.attention).toMatchObject({ escalations: 1, ...waited(4) });
});

test('what the manager decides is no decision of the person', () => {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  team.input({ type: 'task.escalate', task: id, why: 'stuck' });
  team.input({ type: 'task.guide', task: id, by: 'manager' as AgentId, text: 'try' });
  expect(team.state.attention).toMatchObject({ escalations: 0, waits: 0 });
});

test('a review waits from the end of the gate run', () => {
  const team = new TeamDriver(1, { land: 'review' });
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  team.claim('T-1');
  team.build('T-1');
  team.pass(9 * minuteMs);
  team.gate('passed');
  const ranMs = 1_000;
  team.pass(3 * minuteMs);
  team.input({ type: 'task.approve', task: id });
  const { reviews, waits, waitedMs } = team.state.attention;
  expect([reviews, waits]).toEqual([1, 1]);
  // The driver's gate says that it ran for a second, and takes nine minutes to say so.
  expect(waitedMs).toBe(12 * minuteMs - ranMs);
});

test('a plan that is sent back is one decision, and its message none beside it', () => {
  const team = drafted();
  team.pass(5 * minuteMs);
  team.input({ type: 'plan.sendBack', tasks: [id, 'T-2' as TaskId], text: 'smaller' });
  expect(team.state.attention).toMatchObject({ plans: 1, messages: 0, ...waited(5) });
});

test('a plan of several tasks is one decision', () => {
  const team = drafted();
  team.pass(5 * minuteMs);
  team.input({ type: 'plan.accept', tasks: [id, 'T-2' as TaskId] });
  expect(team.state.attention).toMatchObject({ plans: 1, ...waited(5) });
});

function drafted(): TeamDriver {
  const team = new TeamDriver(1, { plan: 'review' });
  const by = 'architect' as AgentId;
  const tasks = ['T-1', 'T-2'].map(task => ({
    ...{ task: task as TaskId, content: contentOf(`Do ${task}`), by, wish: null },
  }));
  team.input({ type: 'board.read', tasks, broken: [] });
  return team;
}

test('a message of the person is a decision that nothing waited for', () => {
  const team = new TeamDriver(1);
  const to = 'eng-1' as AgentId;
  team.input({ type: 'message.send', from: 'person', to, text: 'hello', isGoal: false });
  expect(team.state.attention).toMatchObject({ messages: 1, waits: 0, waitedMs: 0 });
});

test('keys of one minute of the clock are one fact, however many they are', () => {
  const team = new TeamDriver(1);
  team.now = Math.ceil(team.now / minuteMs) * minuteMs;
  for (const seconds of [0, 1, 59, 60, 119, 600]) {
    const start = team.now;
    team.now += seconds * 1_000;
    team.input({ type: 'person.acted' });
    team.now = start;
  }
  expect(team.eventsOf('person.acted')).toHaveLength(3);
  expect(team.state.attention.minutes).toBe(3);
});
