import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import { nextDeadline } from '../../../src/core/deadline.ts';
import type { Observation } from '../../../src/core/input.ts';
import { restartsMax } from '../../../src/core/limits.ts';
import { react } from '../../../src/core/react.ts';
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
    'agent.stopped eng-1 why="code 1"',
  ],
);
const broken: Observation = {
  ...{ type: 'worktree.failed', agent: eng, task: taskId('T-1'), attempt: 1 },
  why: 'no permission',
};
const why = 'the worktree of eng-1 fails: no permission';
check('a worktree that cannot be prepared is charged to nobody', held(), broken, [
  `attempt.withdrawn T-1/1 why="${why}"`,
  `agent.exited eng-1 reason="${why}" restartAt=+1000`,
]);
check(
  'and does not try the whole board: its agent is given up after a while',
  held({ restarts: restartsMax, since: 900_000 }),
  broken,
  [
    `attempt.withdrawn T-1/1 why="${why}"`,
    `agent.exited eng-1 reason="${why}"`,
    `agent.stopped eng-1 why="${why}"`,
  ],
);
check('one of an attempt that is over decides nothing', held(), { ...broken, attempt: 2 }, [
  'agent.looked eng-1 status=idle reason="at its prompt" deadline=+30000',
]);
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
  'its time to do so runs from the moment that the message stands in the terminal',
  state({ agents: [agent('eng-1')], messages: [typed] }),
  { type: 'message.entered', id: 'M-1' },
  ['message.entered id=M-1 deadline=+10000'],
);
check(
  'one that was confirmed before that decides nothing',
  state({ agents: [agent('eng-1')], messages: [{ ...typed, delivery: 'delivered' }] }),
  { type: 'message.entered', id: 'M-1' },
  [],
);
check(
  'a message of which nothing was typed is tried again in full at its deadline',
  state({ agents: [agent('eng-1')], messages: [typed] }),
  { type: 'message.failed', id: 'M-1', why: 'git is locked' },
  ['message.untyped id=M-1 why="git is locked" deadline=+10000'],
);
test('it is late, and nothing wakes for it, only some time after it stood there or failed to', () => {
  const given = state({ agents: [agent('eng-1')], messages: [typed] });
  const deadline = now + 7_000;
  for (const event of [
    { type: 'message.entered', id: 'M-1', deadline, at: now },
    { type: 'message.untyped', id: 'M-1', why: 'git', deadline, at: now },
  ] as const) {
    expect(apply(given, event).messages[0]?.deadline).toBe(deadline);
    expect(nextDeadline(apply(given, event), now)).toBe(deadline);
  }
});
test('the next try types it in full, and a restart counts from nothing', () => {
  const given = state({ agents: [agent('eng-1')], messages: [{ ...typed, tries: 2 }] });
  const untyped = apply(given, { type: 'message.untyped', id: 'M-1', why: 'git', at: now });
  expect(untyped.messages[0]).toMatchObject({ delivery: 'typed', tries: 0, faults: 1 });
  const again = { type: 'message.typed', id: 'M-1', deadline: now, at: now } as const;
  expect(react(untyped, apply(untyped, again), again)).toEqual([
    { type: 'deliverMessage', agent: eng, message: 'M-1' },
  ]);
  const ended = { type: 'agent.exited', agent: eng, reason: 'x', restartAt: now, at: now } as const;
  expect(apply(untyped, ended).messages[0]).toMatchObject({ delivery: 'queued', faults: 0 });
});
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
