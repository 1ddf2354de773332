import { expect, test } from 'vitest';
import {
  agent,
  agentId,
  check,
  heldBy,
  linesOf,
  message,
  oid,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const passed = { type: 'time.passed' } as const;
const given = (id: string, to: string, why = `${to} was free`, attempt = 1) => [
  `task.assigned ${to} ${id}/${attempt} why="${why}"`,
  `message.sent ${id}/${attempt} id=M-1 kind=task from=belfry to=${to}`,
  'message.typed id=M-1 deadline=+1800000',
];
const one = [agent('eng-1')];
const two = [agent('eng-1'), agent('eng-2')];
const done = { column: 'done', landedAs: oid('m9') } as const;

check(
  'a free engineer gets a ready task in the same turn',
  state({ agents: one, tasks: [task('T-1')] }),
  passed,
  given('T-1', 'eng-1'),
);
check(
  'priority first',
  state({ agents: one, tasks: [task('T-1'), task('T-2', { priority: 'high' })] }),
  passed,
  given('T-2', 'eng-1'),
);
check(
  'then age',
  state({ agents: one, tasks: [task('T-10'), task('T-9')] }),
  passed,
  given('T-9', 'eng-1'),
);
check(
  'whoever knows the files',
  state({
    agents: two,
    tasks: [
      task('T-1', { files: ['src/a.ts'] }),
      task('T-2', {
        ...done,
        files: ['src/a.ts'],
        attempt: 1,
        attempts: task('T-2', { assignee: agentId('eng-2') }).attempts,
      }),
    ],
  }),
  passed,
  given('T-1', 'eng-2', 'eng-2 knows these files'),
);
check(
  'not whoever failed it, while another is free',
  state({ agents: two, tasks: [task('T-1', { failedBy: [agentId('eng-1')] })] }),
  passed,
  given('T-1', 'eng-2'),
);
check(
  'but that one when no other is',
  state({ agents: one, tasks: [task('T-1', { failedBy: [agentId('eng-1')] })] }),
  passed,
  given('T-1', 'eng-1'),
);
check(
  'a reassigned task waits for another',
  state({
    agents: [agent('eng-1'), agent('eng-2', { status: 'working', deadline: 2_000_000 })],
    tasks: [task('T-1', { failedBy: [agentId('eng-1')], reassignments: 1 })],
  }),
  passed,
  [],
);
check(
  'a guided task goes to the same engineer',
  state({
    agents: two,
    tasks: [task('T-1', { failedBy: [agentId('eng-2')], reservedFor: agentId('eng-2') })],
  }),
  passed,
  given('T-1', 'eng-2', 'kept for eng-2'),
);
check(
  'and waits for them',
  state({
    agents: [agent('eng-1'), agent('eng-2', { status: 'working', deadline: 2_000_000 })],
    tasks: [task('T-1', { reservedFor: agentId('eng-2') })],
  }),
  passed,
  [],
);
check(
  'unless they have left the team',
  state({ agents: one, tasks: [task('T-1', { reservedFor: agentId('eng-2') })] }),
  passed,
  given('T-1', 'eng-1'),
);
check(
  'files that another changes keep a task waiting',
  state({
    agents: [agent('eng-1', { deadline: 2_000_000 }), agent('eng-2')],
    tasks: [task('T-1', heldBy('eng-1', { files: ['src'] })), task('T-2', { files: ['src/a.ts'] })],
  }),
  passed,
  [],
);
check(
  'an open dependency does too',
  state({
    agents: one,
    tasks: [
      task('T-2', { dependsOn: [taskId('T-1')] }),
      task('T-1', { column: 'backlog', planned: false }),
    ],
  }),
  passed,
  [],
);
check(
  'what it waited for has landed',
  state({
    agents: [],
    tasks: [task('T-1', done), task('T-2', { column: 'backlog', dependsOn: [taskId('T-1')] })],
  }),
  passed,
  ['task.readied T-2 why="what it depends on has landed"'],
);
check(
  'what it waited for was dropped: the person decides',
  state({
    agents: one,
    tasks: [
      task('T-1', { column: 'done', dropped: 'no' }),
      task('T-2', { column: 'backlog', dependsOn: [taskId('T-1')] }),
    ],
  }),
  passed,
  ['task.escalated T-2 to=person why="T-1, on which it depends, was dropped" dead=T-1'],
);
const orphan = (more = {}) =>
  state({
    agents: one,
    tasks: [
      task('T-1', { column: 'done', dropped: 'no' }),
      task('T-2', { dependsOn: [taskId('T-1')], ...more }),
    ],
  });
check('also when it was ready already', orphan(), passed, [
  'task.escalated T-2 to=person why="T-1, on which it depends, was dropped" dead=T-1',
]);
check(
  'and asks once',
  orphan({ escalation: { to: 'person', why: 'T-1 was dropped', since: 0, deadline: null } }),
  passed,
  [],
);
test('whoever says that it goes on lets it go on without', () => {
  const waiting = orphan({
    escalation: { to: 'person', why: 'T-1 was dropped', since: 0, deadline: null },
  });
  expect(linesOf(waiting, { type: 'task.retry', task: taskId('T-2') }).slice(0, 2)).toEqual([
    'task.guided T-2 by=person',
    'task.assigned eng-1 T-2/1 why="eng-1 was free"',
  ]);
});
check(
  'an unplanned task stays in the backlog',
  state({ agents: one, tasks: [task('T-1', { column: 'backlog', planned: false })] }),
  passed,
  [],
);
check(
  'a paused team gives out nothing',
  state({ agents: one, tasks: [task('T-1')], teamPaused: true, teamPausedAt: 0 }),
  passed,
  [],
);
check(
  'a paused engineer gets nothing',
  state({ agents: [agent('eng-1', { paused: true, pausedAt: 0 })], tasks: [task('T-1')] }),
  passed,
  [],
);
check(
  'a paused task is not given out',
  state({ agents: one, tasks: [task('T-1', { paused: true })] }),
  passed,
  [],
);
check(
  'an engineer whose window is more than half full begins afresh',
  state({ agents: [agent('eng-1', { contextUsed: 0.61 })], tasks: [task('T-1')] }),
  passed,
  [
    'task.assigned eng-1 T-1/1 why="eng-1 was free"',
    'message.sent T-1/1 id=M-1 kind=task from=belfry to=eng-1 freshSession=true',
    'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
  ],
);
check(
  'a starting engineer keeps its start deadline when it gets a task',
  state({
    agents: [agent('eng-1', { status: 'starting', deadline: 1_000_500 })],
    tasks: [task('T-1')],
  }),
  passed,
  [
    'task.assigned eng-1 T-1/1 why="eng-1 was free"',
    'message.sent T-1/1 id=M-1 kind=task from=belfry to=eng-1',
    'agent.looked eng-1 status=starting reason="at its prompt" deadline=+60000',
  ],
);

const told = (more = {}, messages = [message('M-1', 'eng-1'), message('M-2', 'eng-1')]) =>
  state({ agents: [agent('eng-1', more)], messages });
check('messages are typed in order, one at a time', told(), passed, [
  'message.typed id=M-1 deadline=+1800000',
]);
check('not while the agent works', told({ status: 'working', deadline: 2_000_000 }), passed, []);
check(
  'not into a question',
  told({
    question: { id: 'q-1', kind: 'question', text: 'which?', since: 0, answersItselfAt: null },
  }),
  passed,
  [],
);
check('not to a stopped agent', told({ stopped: true, status: 'exited' }), passed, []);
check('a full session is replaced before the next message', told({ status: 'exhausted' }), passed, [
  'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
]);
check(
  'one that is full from the start is broken',
  told({ status: 'exhausted', messagesInSession: 0 }),
  passed,
  ['agent.exited eng-1 reason="its context is full before the first message" restartAt=+1000'],
);
check(
  'what is about something that is over is given up',
  state({
    agents: one,
    tasks: [task('T-1', done)],
    messages: [message('M-1', 'eng-1', { kind: 'nudge', task: taskId('T-1'), attempt: 1 })],
  }),
  passed,
  ['message.failed id=M-1 why="it was about something that is over"'],
);
check(
  'what is for somebody who left is given up',
  state({ agents: [], messages: [message('M-1', 'eng-9')] }),
  passed,
  ['message.failed id=M-1 why="eng-9 is not on the team any more"'],
);
check(
  'a session that was cut is told to go on',
  state({
    agents: [agent('eng-1', { isCut: true, deadline: 2_000_000 })],
    tasks: [task('T-1', heldBy('eng-1'))],
  }),
  passed,
  [
    'message.sent T-1/1 id=M-1 kind=nudge from=belfry to=eng-1 text="You were interrupted. Go on where you were."',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check(
  'not when its task was taken away meanwhile',
  state({ agents: [agent('eng-1', { isCut: true })] }),
  passed,
  [],
);
