import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { needsYou } from '../../../src/ui/present/needs.ts';
import { agentId, content, taskId } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const architect = agentId('architect');
const seconds = 1_000;

const give = (team: TeamDriver, text: string, isGoal = true) =>
  team.input({ type: 'message.send', from: 'person', to: architect, text, isGoal });

function plan(team: TeamDriver, id: string): void {
  const task = { task: taskId(id), content: content({ title: id }), by: architect, wish: null };
  const known = Object.values(team.state.tasks).map(one => ({
    ...{ task: one.id, content: one, by: one.addedBy, wish: null },
  }));
  team.input({ type: 'board.read', tasks: [...known, task], broken: [] });
}

const toldGoals = (team: TeamDriver) =>
  team.state.messages
    .filter(({ kind, delivery }) => kind === 'goal' && delivery !== 'queued')
    .map(({ text }) => text);
/** Whose lack of a plan the person is told of. */
const missing = (team: TeamDriver) =>
  needsYou(team.state, defaultPolicy)
    .filter(({ kind }) => kind === 'goal')
    .map(({ text }) => text);

function waitOut(team: TeamDriver): void {
  for (let round = 0; round < 8; round += 1) team.pass(40 * seconds);
}

function withTwoGoals(): TeamDriver {
  const team = new TeamDriver(1);
  give(team, 'Make it fast');
  team.look(architect, 'working');
  give(team, 'Make it small');
  return team;
}

describe('two goals in a row', () => {
  test('are told one after the other: the second when it is known what became of the first', () => {
    const team = withTwoGoals();
    team.look(architect, 'idle');
    expect(toldGoals(team)).toEqual(['Make it fast']);
    plan(team, 'T-1');
    team.look(architect, 'idle');
    expect(toldGoals(team)).toEqual(['Make it fast', 'Make it small']);
  });

  test('both answered in words only: each is reminded of once, and the person is told of both', () => {
    const team = withTwoGoals();
    team.look(architect, 'idle');
    waitOut(team);
    expect(toldGoals(team)).toEqual(['Make it fast', 'Make it small']);
    expect(team.eventsOf('agent.nudged')).toHaveLength(2);
    expect(missing(team)).toEqual([
      'answered in words only: read what it says · Make it fast',
      'answered in words only: read what it says · Make it small',
    ]);
  });

  test('the first in words, the second with tasks: the first is not forgotten', () => {
    const team = withTwoGoals();
    team.look(architect, 'idle');
    while (toldGoals(team).length < 2) team.pass(40 * seconds);
    plan(team, 'T-1');
    waitOut(team);
    expect(missing(team)).toEqual(['answered in words only: read what it says · Make it fast']);
  });

  test('the first never: the person is told in time, and the second has its turn afterwards', () => {
    const team = withTwoGoals();
    for (let round = 0; round < 20; round += 1) team.pass(defaultPolicy.architectTimeoutMs);
    expect(missing(team)).toEqual([
      'works on it and has added no task yet: read what it says · Make it fast',
    ]);
    team.look(architect, 'idle');
    expect(toldGoals(team)).toEqual(['Make it fast', 'Make it small']);
    waitOut(team);
    expect(missing(team)).toHaveLength(2);
  });

  test('a note that was sent after a goal does not overtake it', () => {
    const team = withTwoGoals();
    give(team, 'As small as you can', false);
    team.look(architect, 'idle');
    const isRead = () =>
      team.state.messages.some(one => one.kind === 'note' && one.delivery !== 'queued');
    expect(isRead()).toBe(false);
    plan(team, 'T-1');
    team.look(architect, 'idle');
    team.look(architect, 'idle');
    plan(team, 'T-2');
    team.look(architect, 'idle');
    expect(isRead()).toBe(true);
  });
});

describe('a goal without a plan is asked about until the person has looked', () => {
  const inWords = () => {
    const team = new TeamDriver(1);
    give(team, 'Make it fast');
    waitOut(team);
    expect(missing(team)).toHaveLength(1);
    return team;
  };

  test('a note of a member that makes the architect work is no look', () => {
    const team = inWords();
    team.input({
      ...{ type: 'message.send', from: agentId('manager'), to: architect, text: 'hello' },
      isGoal: false,
    });
    team.look(architect, 'working');
    team.look(architect, 'idle');
    expect(missing(team)).toHaveLength(1);
  });

  test('words of the person to the architect are', () => {
    const team = inWords();
    give(team, 'I mean the start', false);
    expect(missing(team)).toEqual([]);
  });

  test('as is what the person types into its terminal', () => {
    const team = inWords();
    team.look(architect, 'working');
    expect(missing(team)).toEqual([]);
  });

  test('and tasks that come after all answer it', () => {
    const team = inWords();
    plan(team, 'T-1');
    expect(missing(team)).toEqual([]);
  });
});
