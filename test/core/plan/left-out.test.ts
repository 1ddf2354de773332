import { expect, test } from 'vitest';
import { leftOutOf } from '../../../src/core/plan/left-out.ts';
import type { Task } from '../../../src/core/task.ts';
import { agentId, state, task, taskId } from '../../support/core-builders.ts';

const drafted = (id: string, dependsOn: readonly string[] = [], more: Partial<Task> = {}) =>
  task(id, {
    ...{ column: 'backlog', planned: false, addedBy: agentId('architect') },
    ...{ dependsOn: dependsOn.map(taskId), ...more },
  });

const told = (tasks: readonly Task[], ...accepted: readonly string[]) => {
  const { waiting, needed } = leftOutOf(state({ tasks }), accepted.map(taskId));
  return [Object.fromEntries(waiting), needed];
};

test('who waits for a task that is left out is named, through any number of tasks', () => {
  const chain = [drafted('T-1'), drafted('T-2', ['T-1']), drafted('T-3', ['T-2']), drafted('T-4')];
  expect(told(chain, 'T-1', 'T-2', 'T-3', 'T-4')).toEqual([{}, []]);
  expect(told(chain, 'T-1', 'T-4')).toEqual([{}, []]);
  expect(told(chain, 'T-2', 'T-3', 'T-4')).toEqual([{ 'T-2': ['T-1'], 'T-3': ['T-1'] }, ['T-1']]);
  // What is needed needs something itself.
  expect(told(chain, 'T-3')).toEqual([{ 'T-3': ['T-1', 'T-2'] }, ['T-1', 'T-2']]);
});

test('the parts of a task that is split are needed in its place', () => {
  const whole = task('T-1', {
    ...{ column: 'done', splitInto: ['T-2', 'T-3'].map(taskId) },
  });
  const tasks = [whole, drafted('T-2'), drafted('T-3'), drafted('T-4', ['T-1'])];
  expect(told(tasks, 'T-2', 'T-4')).toEqual([{ 'T-4': ['T-3'] }, ['T-3']]);
});

test('what has landed, and what is on the way, is not left out', () => {
  const tasks = [
    task('T-1', { column: 'done' }),
    task('T-2', { column: 'ready' }),
    drafted('T-3', ['T-1', 'T-2']),
    drafted('T-4'),
  ];
  expect(told(tasks, 'T-3')).toEqual([{}, []]);
});

test('a circle has an end', () => {
  const circle = [drafted('T-1', ['T-2']), drafted('T-2', ['T-1'])];
  expect(told(circle, 'T-1')).toEqual([{ 'T-1': ['T-2'] }, ['T-2']]);
});
