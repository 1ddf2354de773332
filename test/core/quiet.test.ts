// While nothing is to be done, nothing is spent: no prompt is typed, no git and no gate is started.
import { expect, test } from 'vitest';
import { nextDeadline } from '../../src/core/deadline.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { contentOf } from './plan/plan-builder.ts';

const minute = 60_000;

test('zero tokens and zero git processes over ten quiet hours, and no alarm is set', () => {
  const team = new TeamDriver(3);
  const before = team.effects.length;
  for (let minutes = 0; minutes < 600; minutes += 10) team.pass(10 * minute);
  expect(team.effects.slice(before)).toEqual([]);
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
