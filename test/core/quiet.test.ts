// While nothing is to be done, nothing is spent: no prompt is typed, no git and no gate is started.
import { expect, test } from 'vitest';
import { nextDeadline } from '../../src/core/deadline.ts';
import type { AgentId, TaskId } from '../../src/core/ids.ts';
import { needsYou } from '../../src/ui/present/needs.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { contentOf, ids } from './plan/plan-builder.ts';

const minute = 60_000;

test('zero tokens and zero git processes over ten quiet hours, and no alarm is set', () => {
  const team = new TeamDriver(3);
  const before = team.effects.length;
  for (let minutes = 0; minutes < 600; minutes += 10) team.pass(10 * minute);
  expect(team.effects.slice(before)).toEqual([]);
  expect(nextDeadline(team.state, team.now)).toBeNull();
});

test('nor while every task waits: blocked, for a review, as a draft, behind another, over its budget', () => {
  const team = new TeamDriver(3, { land: 'review' });
  team.addTasks({
    'T-1': contentOf('Keep the order', { files: ['src/a.ts'] }),
    'T-2': contentOf('Drop old entries', { files: ['src/b.ts'] }),
    'T-3': contentOf('Print them', { files: ['src/c.ts'], budget: { dollars: 1, tokens: null } }),
    'T-4': contentOf('Count them', { files: ['src/b.ts'] }),
    'T-5': contentOf('Sort them', { files: ['src/d.ts'], dependsOn: ids('T-1') }),
  });
  const { assignee: blocked, attempt } = team.task('T-1');
  const spender = team.task('T-3').assignee;
  if (blocked === null || spender === null) throw new Error('nobody works');
  const { id: task } = team.task('T-1');
  team.input({ type: 'agent.claimedBlocked', agent: blocked, task, attempt, why: 'unclear' });
  team.look(blocked, 'idle');
  team.input({ type: 'task.ask', task, by: 'manager' as AgentId, text: 'what is meant?' });
  team.claim('T-2');
  team.build('T-2');
  for (let runs = 0; runs < 3 && team.state.landing?.running != null; runs += 1)
    team.gate('passed');
  const session = team.state.agents[spender]?.session ?? '';
  team.input({ type: 'agent.measured', agent: spender, session, contextUsed: null, costUsd: 2 });
  const draft = { task: 'T-6' as TaskId, by: 'architect' as AgentId, wish: null };
  const known = Object.values(team.state.tasks).map(one => ({
    ...{ task: one.id, content: one, by: one.addedBy, wish: null },
  }));
  const tasks = [...known, { ...draft, content: contentOf('Plan it') }];
  team.input({ type: 'board.read', tasks, broken: [] });
  const needs = needsYou(team.state, team.policy).map(({ kind }) => kind);
  expect(needs.toSorted()).toEqual(['budget', 'escalation', 'plan', 'review']);

  // What is under way settles: agents that owe nothing, the answer to the gate.
  team.pass(60 * minute);
  const before = { effects: team.effects.length, events: team.events.length };
  for (let minutes = 0; minutes < 600; minutes += 10) team.pass(10 * minute);
  expect(team.effects.slice(before.effects)).toEqual([]);
  expect(team.events.slice(before.events)).toEqual([]);
  expect(nextDeadline(team.state, team.now)).toBeNull();
});

test('the manager is asked nothing while nothing is escalated', () => {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  team.claim('T-1');
  team.build('T-1');
  for (let runs = 0; runs < 3 && team.state.landing?.running != null; runs += 1)
    team.gate('passed');
  team.land('T-1');
  expect(team.task('T-1').column).toBe('done');
  expect(team.state.messages.filter(one => one.to === 'manager')).toEqual([]);
});
