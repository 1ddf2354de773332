import { expect, test } from 'vitest';
import { whyWaiting } from '../../../src/core/board.ts';
import { explainTask } from '../../../src/core/briefing/explain-task.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { agent, agentId, state, task } from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf, ids } from '../plan/plan-builder.ts';

const queue = { files: ['src/queue.ts'] };

test('a task that waits: what for, and how each engineer stands', () => {
  const team = new TeamDriver(2);
  team.addTasks({
    'T-1': contentOf('Keep the order', queue),
    'T-2': contentOf('Drop old entries', queue),
    'T-3': contentOf('Show both', { dependsOn: ids('T-1', 'T-2') }),
  });
  team.input({
    type: 'plan.linted',
    task: 'T-2' as TaskId,
    findings: [
      {
        ...{ rule: 'overlap', severity: 'warning', task: null, other: 'T-1' as TaskId },
        ...{ reason: 'T-1 changes src/queue.ts too', remedy: '--depends T-1' },
      },
    ],
  });
  expect(explainTask(team.state, team.task('T-2'))).toEqual([
    'T-2  Drop old entries',
    'is in ready: waits: overlaps T-1 in src/queue.ts',
    'eng-1: has T-1',
    'eng-2: free',
    'plan lint, warning overlap: T-1 changes src/queue.ts too',
  ]);
  expect(explainTask(team.state, team.task('T-3'))[1]).toBe('is in backlog: waits for T-1, T-2');
  expect(explainTask(team.state, team.task('T-1'))).toEqual([
    'T-1  Keep the order',
    'is in doing, with eng-1: eng-1 was free',
    '1 attempt, 0 retries since it was last given to somebody, 0 escalations, 0 reassignments',
    'attempt 1 by eng-1: under way',
  ]);
});

test.each([
  ['nobody has failed it', { reassignments: 1 }, 'waits for a free engineer'],
  ['guided, not reassigned', { failedBy: [agentId('eng-1')] }, 'waits for a free engineer'],
  [
    'reassigned, and another is busy',
    { reassignments: 1, failedBy: [agentId('eng-1')] },
    'waits for another than eng-1',
  ],
  [
    'reassigned, and everybody has failed it',
    { reassignments: 1, failedBy: [agentId('eng-1'), agentId('eng-2')] },
    'waits for a free engineer',
  ],
  [
    'kept for one of them',
    { reassignments: 1, failedBy: [agentId('eng-1')], reservedFor: agentId('eng-2') },
    'waits for eng-2',
  ],
])('whom a ready task waits for: %s', (_, more, expected) => {
  const agents = [agent('eng-1'), agent('eng-2', { status: 'working' })];
  const waiting = task('T-1', more);
  expect(whyWaiting(state({ agents, tasks: [waiting] }), waiting)).toBe(expected);
});

test('a task with a history: every attempt, and who has failed it', () => {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order', queue) });
  for (const round of [1, 2]) {
    team.claim('T-1');
    team.build('T-1');
    team.gateRed(`✖ keeps order (${round}ms)\nℹ fail 1`);
  }
  const lines = explainTask(team.state, team.task('T-1'));
  expect(lines).toContain('attempt 2 by eng-1: caught by the gate');
  expect(lines).toContain('eng-1: free, has failed it: only when no other is free');
  expect(lines[1]).toContain('waits for the manager: the same failure twice');
});
