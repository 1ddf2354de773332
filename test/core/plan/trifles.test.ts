import { describe, expect, test } from 'vitest';
import { keptBy } from '../../../src/core/board.ts';
import { nextDeadline } from '../../../src/core/deadline.ts';
import { trifleWaitMs } from '../../../src/core/limits.ts';
import type { Task } from '../../../src/core/task.ts';
import { check, content, now, state, task, taskId } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const trifle = (id: string, more: Partial<Task> = {}) =>
  task(id, { estimateMinutes: 3, addedAt: now, ...more });
const due = now - trifleWaitMs;
const passed = { type: 'time.passed' } as const;

describe('a trifle', () => {
  test('waits a minute for others, and the alarm is set for the end of it', () => {
    const given = state({ tasks: [trifle('T-1')] });
    const one = given.tasks[taskId('T-1')] as Task;
    expect(keptBy(given, one, now)).toBe('waits a minute for other trifles');
    expect(nextDeadline(given, now)).toBe(now + trifleWaitMs);
    expect(keptBy(given, one, now + trifleWaitMs)).toBeNull();
  });

  const hurried: readonly (readonly [string, Partial<Task>])[] = [
    ['in a hurry', { priority: 'high' }],
    ['tried before', { attempt: 1 }],
    ['that is a part of another', { splits: taskId('T-9') }],
    ['of unknown size', { estimateMinutes: null }],
  ];
  test.each(hurried)('%s does not wait', (_name, more) => {
    const given = state({ tasks: [trifle('T-1', more)] });
    expect(keptBy(given, given.tasks[taskId('T-1')] as Task, now)).toBeNull();
  });

  check(
    'that stays alone is done alone',
    state({ tasks: [trifle('T-1', { addedAt: due })] }),
    passed,
    [],
  );
  check(
    'that has waited takes along whatever came meanwhile',
    state({ tasks: [trifle('T-1', { addedAt: due }), task('T-2'), trifle('T-3')] }),
    passed,
    ['batch.formed tasks=["T-1","T-3"]'],
  );
  check(
    'that somebody waits for stays a task of its own',
    state({
      tasks: [
        trifle('T-1', { addedAt: due }),
        trifle('T-3'),
        task('T-4', { column: 'backlog', dependsOn: [taskId('T-3')] }),
      ],
    }),
    passed,
    [],
  );
});

test('several become one, whose file is written before anything is said of them', () => {
  const team = new TeamDriver(2);
  const small = (title: string) => content({ title, estimateMinutes: 3 });
  team.addTasks({ 'T-1': small('Mend the typo'), 'T-2': small('Name the flag') });
  expect(team.task('T-1').column).toBe('ready');
  team.pass(trifleWaitMs);
  const tasks = ['T-1', 'T-2'];
  expect(team.effects.filter(({ type }) => type === 'writeBatch')).toEqual([
    { type: 'writeBatch', tasks },
  ]);
  expect(team.task('T-1').column).toBe('ready');
  team.addTasks({
    'T-3': { ...content({ title: 'Clean up', estimateMinutes: 6 }), batches: tasks.map(taskId) },
  });
  expect(team.task('T-1')).toMatchObject({ column: 'done', splitInto: ['T-3'], landedAs: null });
  expect(team.task('T-3').assignee).not.toBeNull();
  expect(team.state.plan.batch).toBeNull();
});

test('what cannot be put together is done one by one, and not tried again', () => {
  const team = new TeamDriver(2);
  const small = (title: string) => content({ title, estimateMinutes: 3 });
  team.addTasks({ 'T-1': small('Mend the typo'), 'T-2': small('Name the flag') });
  team.pass(trifleWaitMs);
  team.input({ type: 'batch.failed', why: 'the disk is full' });
  for (const id of ['T-1', 'T-2']) expect(team.task(id).assignee).not.toBeNull();
  expect(team.eventsOf('batch.formed')).toHaveLength(1);
});
