import { describe } from 'vitest';
import { deliveriesMax } from '../../../src/core/limits.ts';
import {
  agent,
  agentId,
  check,
  heldBy,
  message,
  now,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const passed = { type: 'time.passed' } as const;
const due = { deadline: now } as const;
const held = (more = {}, taskMore = {}) =>
  state({ agents: [agent('eng-1', more)], tasks: [task('T-1', heldBy('eng-1', taskMore))] });

check(
  'an agent that shows no prompt is started again',
  state({ agents: [agent('eng-1', { ...due, status: 'starting' })] }),
  passed,
  [
    'agent.exited eng-1 reason="did not show its input prompt in time — run it once in a terminal of your own to see why" restartAt=+1000',
  ],
);
check(
  'an agent that ended is started when its wait is over',
  state({ agents: [agent('eng-1', { status: 'exited', restartAt: now })] }),
  passed,
  ['agent.launched eng-1 session=eng-1-1 resumed=true deadline=+60000'],
);
check(
  'a session without a turn is not resumed',
  state({
    agents: [
      agent('eng-1', {
        ...{ status: 'exited', restartAt: now, messagesInSession: 0, workedInSession: false },
      }),
    ],
  }),
  passed,
  ['agent.launched eng-1 session=eng-1-2-lfls deadline=+60000'],
);
check('idle without a claim: nudged once', held(due), passed, [
  'attempt.nudged eng-1 T-1/1',
  'message.sent T-1/1 id=M-1 kind=nudge from=belfry to=eng-1',
  'message.typed id=M-1 deadline=+1800000',
]);
check('still idle: its work is looked at', held({ ...due, nudged: true }), passed, [
  'attempt.doubted eng-1 T-1/1 deadline=+30000',
]);
check(
  'working without progress has stalled: a retry in a fresh session',
  held({ ...due, status: 'working' }),
  passed,
  [
    'attempt.failed T-1/1 reason=stalled excerpt="Worked without a commit or a claim for too long."',
    'attempt.started T-1/2 isRetry=true freshSession=true',
    'message.sent T-1/2 id=M-1 kind=failure from=belfry to=eng-1 freshSession=true',
    'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
  ],
);
check(
  'working on nothing of ours for too long: started again',
  state({ agents: [agent('eng-1', { ...due, status: 'working' })] }),
  passed,
  ['agent.exited eng-1 reason="was working for too long" restartAt=+1000'],
);
check(
  'an answered question that stays on the screen: started again',
  held({ ...due, status: 'permission' }),
  passed,
  ['agent.exited eng-1 reason="was permission for too long" restartAt=+1000'],
);
check(
  'in the demo a question answers itself',
  state({
    agents: [
      agent('eng-1', {
        status: 'permission',
        question: { id: 'q-1', kind: 'permission', text: 'rm?', since: 0, answersItselfAt: now },
      }),
    ],
  }),
  passed,
  [
    'question.answered eng-1 answer=yes by=policy question=q-1',
    'agent.looked eng-1 status=permission reason="at its prompt" deadline=+1200000',
  ],
);
check(
  'nothing of a paused agent is overdue',
  held({ ...due, paused: true, pausedAt: 0 }),
  passed,
  [],
);
check(
  'nothing of a paused team is overdue',
  { ...held(due), teamPaused: true, teamPausedAt: 0 },
  passed,
  [],
);
check(
  'after a sleep of the machine deadlines are moved before they are judged',
  held(due),
  { type: 'clock.jumped', gapMs: 500 },
  ['clock.jumped gapMs=500'],
);

const typed = (more = {}) =>
  message('M-1', 'eng-1', { delivery: 'typed', tries: 1, deadline: now, ...more });
const told = (more = {}, agentMore = {}) =>
  state({ agents: [agent('eng-1', agentMore)], messages: [typed(more)] });
check('a message that was not confirmed is typed again', told(), passed, [
  'message.typed id=M-1 deadline=+1800000',
]);
check('but not to a paused agent', told({}, { paused: true, pausedAt: 0 }), passed, []);
check(
  'in the end it is sent anew, in its own name, to a fresh session',
  told({ tries: deliveriesMax, from: agentId('eng-2') }),
  passed,
  [
    'message.failed id=M-1 why="the agent CLI did not take it"',
    'message.sent id=M-2 kind=note from=eng-2 to=eng-1 text=hello freshSession=true',
    'agent.exited eng-1 reason="took no prompt" restartAt=+1000',
  ],
);
check(
  'one that could never be prepared as well',
  told({ tries: 0, faults: deliveriesMax }),
  passed,
  [
    'message.failed id=M-1 why="it could not be prepared"',
    'message.sent id=M-2 kind=note from=person to=eng-1 text=hello freshSession=true',
    'agent.exited eng-1 reason="its prompt could not be prepared" restartAt=+1000',
  ],
);
check(
  'a handoff, too: it does not stand in its own way',
  state({
    agents: [agent('eng-1')],
    tasks: [task('T-1', heldBy('eng-1'))],
    messages: [
      typed({
        ...{ kind: 'handoff', from: 'belfry', text: '', tries: deliveriesMax },
        ...{ task: taskId('T-1'), attempt: 1 },
      }),
    ],
  }),
  passed,
  [
    'message.failed id=M-1 why="the agent CLI did not take it"',
    'message.sent T-1/1 id=M-2 kind=handoff from=belfry to=eng-1 freshSession=true',
    'agent.exited eng-1 reason="took no prompt" restartAt=+1000',
  ],
);
check('a nudge is not', told({ tries: deliveriesMax, kind: 'nudge' }), passed, [
  'message.failed id=M-1 why="the agent CLI did not take it"',
  'agent.exited eng-1 reason="took no prompt" restartAt=+1000',
]);
check(
  'a manager that does not answer in time: the person is asked',
  state({
    tasks: [
      task('T-1', {
        escalations: 1,
        escalation: { to: 'manager', why: 'blocked', since: 0, deadline: now },
      }),
    ],
  }),
  passed,
  ['task.escalated T-1 to=person why="the manager did not answer in time (blocked)"'],
);

describe('a session that ends as soon as it is resumed', () => {
  const ended = (restarts: number) =>
    state({
      agents: [agent('eng-1', { status: 'exited', restartAt: now, restarts })],
      tasks: [task('T-1', heldBy('eng-1'))],
    });
  check('is tried again', ended(2), { type: 'time.passed' }, [
    'agent.launched eng-1 session=eng-1-1 resumed=true deadline=+60000',
  ]);
  check(
    'and then given up: a fresh one is told what it did, and nobody is charged',
    ended(3),
    { type: 'time.passed' },
    [
      'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1 freshSession=true',
      `agent.launched eng-1 session=eng-1-2-${now.toString(36)} deadline=+60000`,
    ],
  );
});
