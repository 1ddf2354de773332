import { describe, expect, test } from 'vitest';
import { refusal } from '../../../src/core/decide/refusals.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import { whyQueued } from '../../../src/core/mail/why-queued.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { needsYou } from '../../../src/ui/present/needs.ts';
import { agentId, content, taskId } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const architect = agentId('architect');
const manager = agentId('manager');
const seconds = 1_000;

/** Lets what is overdue be settled until nothing is, at most so often. */
function waitOut(team: TeamDriver, times = 6): void {
  for (let round = 0; round < times; round += 1) team.pass(40 * seconds);
}
const nudges = (team: TeamDriver) => team.eventsOf('agent.nudged').length;

function withGoal(): TeamDriver {
  const team = new TeamDriver(1);
  const goal = { from: 'person', to: architect, text: 'Make it fast', isGoal: true } as const;
  team.input({ type: 'message.send', ...goal });
  return team;
}
const addByArchitect = (team: TeamDriver, id: string) =>
  team.input({
    type: 'board.read',
    tasks: [
      { task: taskId(id), content: content({ title: id }), by: architect as AgentId, wish: null },
    ],
    broken: [],
  });

describe('an architect that answers a goal in prose', () => {
  test('is reminded once, then the person is told to read it', () => {
    const team = withGoal();
    waitOut(team);
    expect(nudges(team)).toBe(1);
    expect(team.eventsOf('goal.unanswered')).toHaveLength(1);
    const needs = needsYou(team.state, defaultPolicy);
    expect(needs.map(({ subject }) => subject)).toEqual(['architect has no plan']);
    const reminder = team.state.messages.find(({ kind }) => kind === 'nudge');
    expect(reminder?.text).toContain('belfry task add --title');
  });

  test('and plans when reminded, has answered', () => {
    const team = withGoal();
    team.pass(40 * seconds);
    addByArchitect(team, 'T-1');
    waitOut(team);
    expect(team.eventsOf('goal.unanswered')).toEqual([]);
    expect(needsYou(team.state, defaultPolicy).map(({ kind }) => kind)).toEqual(['plan']);
  });

  test('and is made to work again by the person, asks for nobody any more', () => {
    const team = withGoal();
    waitOut(team);
    team.look(architect, 'working');
    expect(needsYou(team.state, defaultPolicy)).toEqual([]);
  });
});

test('an architect that adds its tasks is not reminded of anything', () => {
  const team = withGoal();
  addByArchitect(team, 'T-1');
  waitOut(team);
  expect(nudges(team)).toBe(0);
});

test('an architect that never ends its turn: the person is told once, and it may go on', () => {
  const team = withGoal();
  team.look(architect, 'working');
  for (let round = 0; round < 20; round += 1) team.pass(defaultPolicy.architectTimeoutMs);
  expect(team.eventsOf('goal.unanswered')).toHaveLength(1);
  expect(team.eventsOf('agent.exited')).toEqual([]);
  expect(needsYou(team.state, defaultPolicy)[0]?.text).toContain('has added no task yet');
});

describe('a task that waits for somebody who only talks', () => {
  const escalated = (to: 'manager' | 'architect') => {
    const team = new TeamDriver(1);
    team.addTasks({ 'T-1': content() });
    const task = taskId('T-1');
    if (to === 'manager') team.input({ type: 'task.escalate', task, why: 'stuck' });
    else team.input({ type: 'task.split', task, by: 'person', text: 'too much' });
    return team;
  };

  test.each(['manager', 'architect'] as const)(
    'the %s is reminded once, then the person decides',
    to => {
      const team = escalated(to);
      waitOut(team);
      expect(nudges(team)).toBe(1);
      expect(team.task('T-1').escalation).toMatchObject({ to: 'person', deadline: null });
      expect(team.task('T-1').escalation?.why).toContain(`the ${to} answered in words only`);
      waitOut(team, 20);
      expect(nudges(team)).toBe(1);
    },
  );

  test('an architect that answers a split twice is told that it is over', () => {
    const team = escalated('architect');
    for (const id of ['T-2', 'T-3'])
      team.addTasks({ [id]: { ...content({ title: id }), splits: taskId('T-1') } });
    const end = { type: 'task.endSplit', task: taskId('T-1'), by: architect } as const;
    team.input(end);
    team.input(end);
    expect(team.eventsOf('task.split')).toHaveLength(1);
    expect(refusal(team.state, end)).toBe('T-1 does not wait to be split: no task does');
  });
});

describe('a manager with two pages', () => {
  /** T-1 is told to it, and what comes of T-2, while nothing but prose comes of T-1. */
  function withTwo(): TeamDriver {
    const team = new TeamDriver(2);
    team.addTasks({ 'T-1': content(), 'T-2': content({ title: 'Count ships' }) });
    for (const id of ['T-1', 'T-2'])
      team.input({ type: 'task.escalate', task: taskId(id), why: 'stuck' });
    return team;
  }
  const page = (team: TeamDriver, id: string) =>
    team.state.messages.findLast(one => one.kind === 'escalation' && one.task === id);
  const sessions = (team: TeamDriver) => team.state.agents[manager]?.sessionCount;

  test('keeps the session of the first until it is settled, then reads the second in its own', () => {
    const team = withTwo();
    const second = page(team, 'T-2');
    expect([page(team, 'T-1')?.delivery, second?.delivery]).toEqual(['delivered', 'queued']);
    expect(sessions(team)).toBe(1);
    expect(second && whyQueued(team.state, second)).toBe(
      'manager answers the page about T-1 first',
    );
    waitOut(team, 1);
    expect(team.state.messages.findLast(one => one.kind === 'nudge')?.text).toContain('T-1');
    expect(page(team, 'T-2')?.delivery).toBe('queued');
    waitOut(team, 1);
    expect(team.task('T-1').escalation?.why).toContain('answered in words only');
    expect(page(team, 'T-2')?.delivery).toBe('delivered');
    expect(sessions(team)).toBe(2);
    waitOut(team, 1);
    expect(team.state.messages.findLast(one => one.kind === 'nudge')?.text).toContain('T-2');
  });

  test('answers the first and reads the second at once', () => {
    const team = withTwo();
    team.input({ type: 'task.drop', task: taskId('T-1'), by: manager, why: 'not needed' });
    expect(page(team, 'T-2')?.delivery).toBe('delivered');
    expect([sessions(team), nudges(team)]).toEqual([2, 0]);
  });

  test('thinks too long about the first: of the second it is said that it was not read', () => {
    const team = withTwo();
    team.look(manager, 'working');
    team.pass(defaultPolicy.managerTimeoutMs);
    expect(team.task('T-1').escalation?.why).toBe('the manager did not answer in time (stuck)');
    expect(team.task('T-2').escalation?.why).toBe(
      'the manager had other things to answer first (stuck)',
    );
  });
});

test('a manager that guides the same task forever is asked once; then the person decides', () => {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': content() });
  const guide = { type: 'task.guide', task: taskId('T-1'), by: manager, text: 'again' } as const;
  for (let round = 0; round < 20 && team.task('T-1').escalation?.to !== 'person'; round += 1) {
    if (team.task('T-1').escalation?.to === 'manager') team.input(guide);
    if (team.task('T-1').column === 'doing') {
      team.claim('T-1');
      team.build('T-1');
      team.gateRed(`not ok ${'abcdefghij'[round]}: another thing`);
    }
  }
  expect(team.eventsOf('task.guided')).toHaveLength(1);
  // One row of 1 + 2, and the same once more with advice.
  expect(team.task('T-1').attempt).toBeLessThanOrEqual(6);
  team.input(guide);
  expect(team.eventsOf('task.guided')).toHaveLength(1);
});
