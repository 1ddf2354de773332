import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../src/core/ids.ts';
import { outputSinceOutcome } from '../../../src/core/usage/outcome.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const engineer = 'eng-1' as AgentId;

function atWork(): TeamDriver {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order'), 'T-2': contentOf('Drop old entries') });
  return team;
}

function spend(team: TeamDriver, costUsd: number | null): void {
  const session = team.state.agents[engineer]?.session ?? '';
  team.input({ type: 'agent.measured', agent: engineer, session, contextUsed: null, costUsd });
}

const spent = (team: TeamDriver) => {
  const agent = team.state.agents[engineer];
  return agent === undefined ? null : outputSinceOutcome(agent).costUsd;
};

test('money without a landed task brings the manager, once', () => {
  const team = atWork();
  spend(team, 9.99);
  expect(team.task('T-1').escalation).toBeNull();
  spend(team, 10.5);
  expect(team.task('T-1').escalation).toMatchObject({
    ...{ to: 'manager', why: 'output without outcome: $10.50 and nothing landed' },
  });
  team.look(engineer, 'idle');
  expect(team.task('T-2').assignee).toBe(engineer);
  spend(team, 11);
  expect(team.task('T-2').escalation).toBeNull();
  expect(spent(team)).toBe(0.5);
});

test('a landed task is an outcome', () => {
  const team = atWork();
  spend(team, 9);
  team.claim('T-1');
  team.build('T-1');
  for (let runs = 0; runs < 3 && team.state.landing?.running != null; runs += 1)
    team.gate('passed');
  team.land('T-1');
  spend(team, 12);
  expect(spent(team)).toBe(3);
  expect(team.task('T-2').escalation).toBeNull();
});

test('a CLI that counts each session by itself, and one that does not count', () => {
  const team = atWork();
  spend(team, null);
  expect(spent(team)).toBeNull();
  spend(team, 5);
  spend(team, 1);
  expect(spent(team)).toBe(6);
  expect(team.task('T-1').escalation).toBeNull();
});

describe('output that nothing comes of', () => {
  const why = (team: TeamDriver) => team.task('T-1').escalation?.why ?? null;
  const session = (team: TeamDriver) => team.state.agents[engineer]?.session ?? '';
  const tokens = (team: TeamDriver, output: number) =>
    team.input({
      ...{ type: 'agent.measured', agent: engineer, session: session(team) },
      ...{ contextUsed: null, costUsd: null, tokens: { input: 0, cached: 9_000_000, output } },
    });
  const look = (team: TeamDriver, reason: string, bytes: number) =>
    team.input({
      ...{ type: 'agent.looked', agent: engineer, session: session(team), status: 'working' },
      ...{ reason, question: null, bytes },
    });

  test('in tokens, those of the cache left out', () => {
    const team = atWork();
    tokens(team, 2_900_000);
    expect(why(team)).toBeNull();
    tokens(team, 3_100_000);
    expect(why(team)).toBe('output without outcome: 3.1 million tokens and nothing landed');
  });

  test('in bytes on its terminals, each of which counts from nothing', () => {
    const team = atWork();
    look(team, 'one', 150_000_000);
    look(team, 'two', 20_000_000);
    expect(why(team)).toBeNull();
    look(team, 'three', 60_000_000);
    expect(why(team)).toBe('output without outcome: 210.0 MB on its terminal and nothing landed');
  });

  test('in bytes alone, with no change of status in between', () => {
    const team = atWork();
    const before = team.events.length;
    look(team, 'busy', 500_000);
    const { deadline } = team.state.agents[engineer] ?? {};
    for (let told = 1_000_000; told <= 199_000_000; told += 500_000) look(team, 'busy', told);
    expect(why(team)).toBeNull();
    // One fact for each step, however often the terminal is looked at; and no fact is progress.
    expect(team.events.length - before).toBe(1 + 198);
    expect(team.state.agents[engineer]?.deadline).toBe(deadline);
    look(team, 'busy', 201_000_000);
    expect(why(team)).toBe('output without outcome: 201.0 MB on its terminal and nothing landed');
  });

  test('a gate with fewer failures is an outcome', () => {
    const team = atWork();
    tokens(team, 2_900_000);
    for (const failing of [3, 2]) {
      team.claim('T-1');
      team.build('T-1');
      const names = Array.from(
        { length: failing },
        (_, index) => `not ok ${index + 1} - part ${'abc'[index]}`,
      );
      team.gateRed(`${names.join('\n')}\n# fail ${failing}`);
    }
    // The second retry is a fresh session, which counts from nothing.
    tokens(team, 200_000);
    expect(team.task('T-1').escalation).toBeNull();
  });
});
