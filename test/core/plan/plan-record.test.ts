import { expect, test } from 'vitest';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import { noPlanRecord, scoresOf, withLanded } from '../../../src/core/plan/plan-record.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from './plan-builder.ts';

function landedBy(by: AgentId | 'person', files: readonly string[]) {
  const team = new TeamDriver(2, { plan: 'auto' });
  const content = contentOf('Read a bank statement', { files: ['src/statement.ts', 'test/**'] });
  const task = 'T-1' as TaskId;
  team.input({ type: 'board.read', tasks: [{ task, content, by, wish: null }], broken: [] });
  team.claim('T-1');
  team.build('T-1', { files });
  for (let runs = 0; runs < 3 && team.state.landing?.running != null; runs += 1)
    team.gate('passed');
  team.land('T-1');
  return team.state.plan.foresight;
}

test('what the architect declared is compared with what landed', () => {
  const files = ['src/statement.ts', 'src/index.ts', 'test/a.test.ts', 'test/b.test.ts'];
  const foresight = landedBy('architect' as AgentId, files);
  expect(foresight).toEqual({ declared: 2, declaredChanged: 2, changed: 4, changedDeclared: 3 });
  expect(scoresOf(foresight)).toEqual({ precision: 1, recall: 0.75 });
  expect(landedBy('architect' as AgentId, ['src/index.ts'])).toMatchObject({ declaredChanged: 0 });
});

test('a person’s task is no forecast of the architect', () => {
  expect(landedBy('person', ['src/a.ts'])).toEqual(noPlanRecord.foresight);
  expect(scoresOf(noPlanRecord.foresight)).toEqual({ precision: null, recall: null });
});

test('tasks add up', () => {
  const team = new TeamDriver();
  team.addTasks({ 'T-1': contentOf('Read') });
  const task = { ...team.task('T-1'), addedBy: 'architect' as AgentId, files: ['a'] };
  const twice = withLanded(withLanded(noPlanRecord, task, ['a']), task, ['b']);
  expect(twice.foresight).toEqual({
    declared: 2,
    declaredChanged: 1,
    changed: 2,
    changedDeclared: 1,
  });
});
