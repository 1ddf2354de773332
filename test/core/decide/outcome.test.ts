import { expect, test } from 'vitest';
import type { AgentId } from '../../../src/core/ids.ts';
import { spentSinceOutcome } from '../../../src/core/outcome.ts';
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
  return agent === undefined ? null : spentSinceOutcome(agent);
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
