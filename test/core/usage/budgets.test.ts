import { describe, expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { emptyState } from '../../../src/core/state.ts';
import { noBudget } from '../../../src/core/usage/budget.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const engineer = 'eng-1' as AgentId;
const other = 'eng-2' as AgentId;
const first = 'T-1' as TaskId;
const fiveDollars = { dollars: 5, tokens: null };

function teamWith(budgets: Partial<Policy['budgets']>): TeamDriver {
  const team = new TeamDriver(2, {
    budgets: { task: noBudget, run: noBudget, ...budgets },
    spendWithoutOutcomeUsd: 1_000,
  });
  team.addTasks({ [first]: contentOf('Keep the order') });
  return team;
}

function spend(team: TeamDriver, costUsd: number | null, input = 0, agent = engineer): void {
  const session = team.state.agents[agent]?.session ?? '';
  const tokens = { input, cached: 50 * input, output: 0 };
  team.input({ type: 'agent.measured', agent, session, contextUsed: null, costUsd, tokens });
}

const crossings = (team: TeamDriver) =>
  team.eventsOf('budget.crossed').map(({ task, overspent }) => `${task} ${overspent.limit}`);
const holder = (team: TeamDriver) => team.state.agents[engineer];

describe('the budget of a task', () => {
  test('pauses its engineer once it is reached, and says how much was used', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, 4.99);
    expect(holder(team)?.paused).toBe(false);
    spend(team, 5.2);
    expect(team.task(first).account.overspent).toMatchObject({ kind: 'dollars', spent: 5.2 });
    expect(holder(team)).toMatchObject({ paused: true, isHeldBack: true });
    expect(team.effects.at(-1)).toEqual({ type: 'holdAgent', agent: engineer });
    expect(team.state.agents[other]?.paused).toBe(false);
  });

  test('raised by the same again, its engineer goes on, and the crossing is not asked about again', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, 5.2);
    team.input({ type: 'budget.answer', task: first, answer: 'raise' });
    expect(holder(team)).toMatchObject({ paused: false, isHeldBack: false, task: first });
    spend(team, 10.1);
    expect(crossings(team)).toEqual(['T-1 5']);
    spend(team, 10.2);
    expect(crossings(team)).toEqual(['T-1 5', 'T-1 10.2']);
  });

  test('stopped, it goes back to the backlog and its engineer is free for another', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, 6);
    team.input({ type: 'budget.answer', task: first, answer: 'stop' });
    expect(team.task(first)).toMatchObject({ column: 'backlog', planned: false, assignee: null });
    expect(holder(team)).toMatchObject({ paused: false, task: null });
    expect(team.effects).toContainEqual(expect.objectContaining({ type: 'saveWork', task: first }));
    team.input({ type: 'task.move', task: first, column: 'ready' });
    expect(team.task(first).column).toBe('doing');
    expect(crossings(team)).toHaveLength(1);
  });

  test('counts every session and engineer that worked on it', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, 3);
    team.input({ type: 'task.reassign', task: first, by: 'person', to: other, text: null });
    spend(team, 1.9, 0, other);
    expect(crossings(team)).toEqual([]);
    spend(team, 2, 0, other);
    expect(crossings(team)).toEqual(['T-1 5']);
    expect(team.state.agents[other]?.paused).toBe(true);
  });

  test('in tokens holds where no cost is told; what came from a cache does not count', () => {
    const team = teamWith({ task: { dollars: 5, tokens: 1_000 } });
    spend(team, null, 999);
    expect(crossings(team)).toEqual([]);
    spend(team, null, 1_000);
    expect(team.task(first).account.overspent).toMatchObject({ kind: 'tokens', spent: 1_000 });
  });

  test('in dollars stops nobody whose cost is not known', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, null, 10_000_000);
    expect(crossings(team)).toEqual([]);
    expect(team.task(first).account.used.costUsd).toBeNull();
  });

  test('of its own comes before that of the team', () => {
    const team = new TeamDriver(1, { budgets: { task: fiveDollars, run: noBudget } });
    team.addTasks({ [first]: { ...contentOf('Count'), budget: { dollars: 1, tokens: null } } });
    spend(team, 1);
    expect(crossings(team)).toEqual(['T-1 1']);
    team.input({
      type: 'board.read',
      broken: [],
      tasks: [
        {
          ...{ task: first, by: 'person', wish: null },
          content: { ...contentOf('Count'), budget: { dollars: 2, tokens: null } },
        },
      ],
    });
    expect(holder(team)?.paused).toBe(false);
  });

  test('an engineer that the person had paused stays so; letting it go on is an answer', () => {
    const team = teamWith({ task: fiveDollars });
    team.input({ type: 'agent.pause', agent: engineer });
    spend(team, 6);
    expect(holder(team)).toMatchObject({ paused: true, isHeldBack: false });
    team.input({ type: 'budget.answer', task: first, answer: 'raise' });
    expect(holder(team)?.paused).toBe(true);
    team.input({ type: 'agent.resume', agent: engineer });
    spend(team, 11);
    expect(holder(team)?.isHeldBack).toBe(true);
    team.input({ type: 'agent.resume', agent: engineer });
    expect(team.task(first).account).toMatchObject({ overspent: null, grant: { dollars: 16 } });
  });

  test('an engineer whose task goes elsewhere is not held back for it any more', () => {
    const team = teamWith({ task: fiveDollars });
    spend(team, 6);
    team.input({ type: 'task.drop', task: first, by: 'person', why: 'not wanted' });
    expect(holder(team)).toMatchObject({ paused: false, isHeldBack: false });
  });
});

describe('the budget of the run', () => {
  const run = { dollars: 10, tokens: null };

  test('pauses the team, counts everybody, and goes on with one answer', () => {
    const team = teamWith({ run });
    spend(team, 6);
    spend(team, 4, 0, 'architect' as AgentId);
    expect(team.state.teamPaused).toBe(true);
    expect(crossings(team)).toEqual(['null 10']);
    team.input({ type: 'budget.answer', task: null, answer: 'raise' });
    expect(team.state).toMatchObject({ teamPaused: false, account: { grant: { dollars: 20 } } });
  });

  test('stopped, the team stays paused until the person lets it go on, and nothing is asked twice', () => {
    const team = teamWith({ run });
    spend(team, 12);
    team.input({ type: 'budget.answer', task: null, answer: 'stop' });
    expect(team.state.teamPaused).toBe(true);
    team.input({ type: 'team.resume' });
    spend(team, 13);
    expect(team.state.teamPaused).toBe(false);
    expect(crossings(team)).toHaveLength(1);
  });

  test('P is an answer, too', () => {
    const team = teamWith({ run });
    spend(team, 12);
    team.input({ type: 'team.resume' });
    expect(team.state).toMatchObject({ teamPaused: false, account: { overspent: null } });
  });

  test('a pause by the person is not ended by the answer', () => {
    const team = teamWith({ run });
    team.input({ type: 'team.pause' });
    spend(team, 12);
    team.input({ type: 'budget.answer', task: null, answer: 'raise' });
    expect(team.state.teamPaused).toBe(true);
  });
});

test('the journal alone brings the question back after a kill, with what was used', () => {
  const team = teamWith({ task: fiveDollars });
  spend(team, 6, 10);
  const state = team.events.reduce(apply, emptyState);
  expect(state).toEqual(team.state);
  expect(state.tasks[first]?.account.overspent?.heldBack).toBe(engineer);
});

test('a session that is resumed tells what is known again, and a fresh one begins at nothing', () => {
  const team = teamWith({});
  spend(team, 3, 100);
  spend(team, 1, 40);
  expect(team.task(first).account.used).toMatchObject({ costUsd: 4, tokens: { input: 100 } });
  spend(team, 2, 160);
  expect(team.state.account.used).toMatchObject({ costUsd: 5, tokens: { input: 160 } });
  team.input({ type: 'task.drop', task: first, by: 'person', why: 'not wanted' });
  spend(team, 3, 170);
  expect(team.task(first).account.used.costUsd).toBe(5);
  expect(holder(team)).toMatchObject({ costUsd: 6, tokens: { input: 170 } });
});
