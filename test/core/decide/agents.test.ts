import type { Observation } from '../../../src/core/input.ts';
import { restartsMax } from '../../../src/core/limits.ts';
import {
  agent,
  agentId,
  check,
  heldBy,
  message,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const eng = agentId('eng-1');
const looked = (
  status: Extract<Observation, { type: 'agent.looked' }>['status'],
  question: Extract<Observation, { type: 'agent.looked' }>['question'] = null,
  session = 'eng-1-1',
): Observation => ({ type: 'agent.looked', agent: eng, session, status, reason: 'seen', question });
const exited = { type: 'agent.exited', agent: eng, session: 'eng-1-1', reason: 'code 1' } as const;
const held = (more = {}) =>
  state({ agents: [agent('eng-1', more)], tasks: [task('T-1', heldBy('eng-1'))] });
const free = (more = {}) => state({ agents: [agent('eng-1', more)] });
const asked = { id: 'q-1', kind: 'permission', text: 'rm?' } as const;

check('an engineer at work must show progress', held({ deadline: 2_000_000 }), looked('working'), [
  'agent.looked eng-1 status=working reason=seen deadline=+1200000',
]);
check(
  'an idle one with a task must claim',
  held({ status: 'working', deadline: 2_000_000 }),
  looked('idle'),
  ['agent.looked eng-1 status=idle reason=seen deadline=+30000'],
);
check(
  'another reason for the same status is no progress',
  held({ status: 'working', deadline: 2_000_000 }),
  looked('working'),
  ['agent.looked eng-1 status=working reason=seen deadline=+1000000'],
);
check(
  'a commit is',
  held({ status: 'working', deadline: 2_000_000 }),
  { type: 'agent.progressed', agent: eng },
  ['agent.looked eng-1 status=working reason="at its prompt" deadline=+1200000'],
);
check('an engineer that works on nothing of ours is watched too', free(), looked('working'), [
  'agent.looked eng-1 status=working reason=seen deadline=+1200000',
]);
check(
  'the architect may think as long as it likes',
  state({ agents: [agent('architect')] }),
  { ...looked('working', null, 'architect-1'), agent: agentId('architect') } as Observation,
  ['agent.looked architect status=working reason=seen'],
);
check(
  'a report of an old session decides nothing',
  held({ deadline: 2_000_000 }),
  looked('working', null, 'eng-1-0'),
  [],
);
check(
  'nor does one of a stopped agent',
  free({ stopped: true, status: 'exited' }),
  looked('idle'),
  [],
);
check('a question waits for the person', free(), looked('permission', asked), [
  'agent.looked eng-1 status=permission reason=seen',
  'question.asked eng-1 question={"id":"q-1","kind":"permission","text":"rm?","since":1000000,"answersItselfAt":null}',
]);
check(
  'in the demo it answers itself after a while',
  free(),
  looked('permission', asked),
  [
    'agent.looked eng-1 status=permission reason=seen',
    'question.asked eng-1 question={"id":"q-1","kind":"permission","text":"rm?","since":1000000,"answersItselfAt":1000500}',
  ],
  { answerPermissionsAfterMs: 500 },
);
check(
  'a question that went away is gone',
  free({ status: 'permission', question: { ...asked, since: 0, answersItselfAt: null } }),
  looked('idle'),
  ['agent.looked eng-1 status=idle reason=seen', 'question.gone eng-1 question=q-1'],
);
check(
  'a full window hands the work over',
  held({ status: 'working', deadline: 2_000_000 }),
  looked('exhausted'),
  [
    'agent.looked eng-1 status=exhausted reason=seen',
    'attempt.handedOver eng-1 T-1/1 why="its context is full"',
    'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1 freshSession=true',
    'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
  ],
);
check(
  'what it costs is kept',
  free(),
  { type: 'agent.measured', agent: eng, session: 'eng-1-1', contextUsed: 0.2, costUsd: 1.5 },
  ['agent.measured eng-1 contextUsed=0.2 costUsd=1.5'],
);
check(
  'last words on a screen are no end yet: that is told of itself, and starts it again',
  held({ status: 'working', deadline: 2_000_000 }),
  looked('exited'),
  [],
);
check('an agent CLI that ended is started again, its task kept', held(), exited, [
  'agent.exited eng-1 reason="code 1" restartAt=+1000',
]);
check('with growing waits', held({ restarts: 2, since: 900_000 }), exited, [
  'agent.exited eng-1 reason="code 1" restartAt=+30000',
]);
check(
  'and then left to the person, its task given back without a charge',
  held({ restarts: restartsMax, since: 900_000 }),
  exited,
  [
    'agent.exited eng-1 reason="code 1"',
    'attempt.withdrawn T-1/1 why="eng-1 kept ending: code 1"',
    'agent.stopped eng-1',
  ],
);
check('an agent that was well for long is forgiven', held({ restarts: restartsMax }), exited, [
  'agent.exited eng-1 reason="code 1" restartAt=+1000',
]);
const typed = message('M-1', 'eng-1', { delivery: 'typed', tries: 1, deadline: 2_000_000 });
check(
  "the agent CLI's own signal confirms a message",
  state({ agents: [agent('eng-1')], messages: [typed] }),
  { type: 'message.confirmed', id: 'M-1' },
  ['message.delivered id=M-1'],
);
check(
  'a second confirmation decides nothing',
  state({
    agents: [agent('eng-1')],
    messages: [{ ...typed, delivery: 'delivered', deadline: null }],
  }),
  { type: 'message.confirmed', id: 'M-1' },
  [],
);
check(
  'a task in flight is not touched by what another does',
  state({
    agents: [agent('eng-1'), agent('eng-2', { deadline: 2_000_000 })],
    tasks: [task('T-1', heldBy('eng-2'))],
  }),
  { ...exited, reason: 'code 2' },
  ['agent.exited eng-1 reason="code 2" restartAt=+1000'],
);
check(
  'an unknown agent decides nothing',
  state({ tasks: [task('T-1', { id: taskId('T-1'), paused: true })] }),
  exited,
  [],
);
