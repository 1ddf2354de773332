import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import { decide } from '../../../src/core/decide/index.ts';
import { refusal } from '../../../src/core/decide/refusals.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { State } from '../../../src/core/state.ts';
import {
  agent,
  agentId,
  atGate,
  check,
  heldBy,
  landing,
  now,
  oid,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const eng = agentId('eng-1');
const id = taskId('T-1');
const person = 'person' as const;
const manager = agentId('manager');
const free = (more = {}) => state({ agents: [agent('eng-1', more)] });
const escalated = (to: 'manager' | 'person', more = {}) =>
  state({
    agents: [agent('eng-1', { status: 'working', deadline: 2_000_000 }), agent('manager')],
    tasks: [
      task('T-1', {
        ...{ failedBy: [eng], escalations: 1, attempt: 1, paused: true },
        escalation: { to, why: 'blocked', since: 0, deadline: to === 'manager' ? 2_000_000 : null },
        ...more,
      }),
    ],
  });
const held = state({
  agents: [agent('eng-1', { deadline: 2_000_000 })],
  tasks: [task('T-1', heldBy('eng-1', { paused: true }))],
});
const clearedSlot = atGate({ passed: true, running: null, isCleared: true });

check('P pauses the team', free(), { type: 'team.pause' }, ['team.paused']);
check(
  'and again resumes it',
  { ...free(), teamPaused: true, teamPausedAt: 0 },
  { type: 'team.resume' },
  ['team.resumed'],
);
check('p pauses an agent', free(), { type: 'agent.pause', agent: eng }, ['agent.paused eng-1']);
check(
  'a resumed agent that had ended is started',
  free({ paused: true, pausedAt: 0, status: 'exited' }),
  { type: 'agent.resume', agent: eng },
  ['agent.resumed eng-1', 'agent.launched eng-1 session=eng-1-1 resumed=true deadline=+60000'],
);
check('x stops an agent and gives its task back', held, { type: 'agent.stop', agent: eng }, [
  'attempt.withdrawn T-1/1 why="eng-1 was stopped"',
  'agent.stopped eng-1',
]);
check('but not what is landing at this moment', clearedSlot, { type: 'agent.stop', agent: eng }, [
  'agent.stopped eng-1',
]);
check(
  'a stopped agent is started in its old session',
  free({ stopped: true, status: 'exited' }),
  { type: 'agent.start', agent: eng },
  ['agent.launched eng-1 session=eng-1-1 resumed=true deadline=+60000'],
);
const question = {
  id: 'q-1',
  kind: 'permission',
  text: 'rm?',
  since: 0,
  answersItselfAt: null,
} as const;
check(
  'a question is answered',
  free({ status: 'permission', question }),
  { type: 'agent.answer', agent: eng, question: 'q-1', answer: 'no' },
  [
    'question.answered eng-1 question=q-1 answer=no by=person',
    'agent.looked eng-1 status=permission reason="at its prompt" deadline=+1200000',
  ],
);
check(
  'an answer to another question is refused',
  free({ status: 'permission', question }),
  { type: 'agent.answer', agent: eng, question: 'q-0', answer: 'no' },
  [],
);
test('nothing is typed into a program that stands still', () => {
  const asking = { status: 'permission', question } as const;
  const answer = { type: 'agent.answer', agent: eng, question: 'q-1', answer: 'yes' } as const;
  const held = free({ ...asking, paused: true, pausedAt: 0 });
  expect(refusal(held, answer)).toBe('eng-1 is paused: resume it first');
  const all = { ...free(asking), teamPaused: true, teamPausedAt: 0 };
  expect(refusal(all, answer)).toBe('the team is paused: resume it first');
  expect(refusal(free(asking), answer)).toBeNull();
});
check(
  'a goal goes to the architect',
  state({ agents: [agent('architect')] }),
  { type: 'message.send', from: person, to: agentId('architect'), text: 'faster', isGoal: true },
  [
    'message.sent id=M-1 kind=goal from=person to=architect text=faster',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check('a paused task leaves the slot to others', atGate(), { type: 'task.pause', task: id }, [
  'task.paused T-1',
  'landing.abandoned T-1/1 why="the task is paused" requeue=true',
]);
check(
  'm approves a review',
  atGate({ passed: true, running: null }, { gateStep: 'review' }),
  { type: 'task.approve', task: id },
  ['review.approved T-1/1', 'landing.cleared T-1/1'],
);
check(
  'a reviewed attempt goes back with the person’s words, and no retry is charged',
  atGate({ passed: true, running: null }, { gateStep: 'review', retries: 1 }),
  { type: 'task.sendBack', task: id, text: 'name it' },
  [
    'attempt.sentBack T-1/1 text="name it"',
    'attempt.started T-1/2',
    'message.sent T-1/2 id=M-1 kind=review from=belfry to=eng-1',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check(
  'what waits for the slot goes back too, and waits no more',
  {
    ...state({
      agents: [agent('eng-1'), agent('eng-2')],
      tasks: [
        task('T-1', heldBy('eng-1', { column: 'gate', gateStep: 'queued' })),
        task('T-2', heldBy('eng-2', { column: 'gate', gateStep: 'testing' })),
      ],
      landing: landing({ task: taskId('T-2') }),
    }),
    landingQueue: [id],
  },
  { type: 'task.sendBack', task: id, text: 'name it' },
  [
    'attempt.sentBack T-1/1 text="name it"',
    'attempt.started T-1/2',
    'message.sent T-1/2 id=M-1 kind=review from=belfry to=eng-1',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
test('whoever takes it over from a stopped engineer reads the words too', () => {
  const given = atGate({ passed: true, running: null }, { gateStep: 'review' });
  const stopped = { ...given.agents[eng], stopped: true } as State['agents'][AgentId];
  const before = { ...given, agents: { ...given.agents, [eng]: stopped } };
  const input = { type: 'task.sendBack', task: id, text: 'name it', at: now } as const;
  const after = decide(before, input, defaultPolicy).reduce(apply, before);
  expect(after.tasks[id]).toMatchObject({
    ...{ column: 'ready', assignee: null, guidance: 'name it', retries: 0, gateStep: null },
    attempts: [{ end: { kind: 'sentBack', text: 'name it' } }],
  });
  expect([after.landing, after.landingQueue]).toEqual([null, []]);
});
check(
  'what is landing at this moment does not go back',
  clearedSlot,
  { type: 'task.sendBack', task: id, text: 'name it' },
  [],
);
check(
  'what is worked on does not go back: it is not at the gate',
  held,
  { type: 'task.sendBack', task: id, text: 'x' },
  [],
);
check(
  'in a pause the approval is remembered',
  {
    ...atGate({ passed: true, running: null }, { gateStep: 'review' }),
    teamPaused: true,
    teamPausedAt: 0,
  },
  { type: 'task.approve', task: id },
  ['review.approved T-1/1'],
);
check('the person escalates', held, { type: 'task.escalate', task: id, why: 'odd' }, [
  'task.escalated T-1 to=person from=eng-1 why=odd',
]);
check(
  'the manager guides',
  escalated('manager'),
  { type: 'task.guide', task: id, by: manager, text: 'look there' },
  ['task.guided T-1 by=manager text="look there"'],
);
check(
  'the manager decides nothing that is with the person',
  escalated('person'),
  { type: 'task.guide', task: id, by: manager, text: 'x' },
  [],
);
check(
  'an engineer decides nothing',
  escalated('manager'),
  { type: 'task.drop', task: id, by: eng, why: 'x' },
  [],
);
check(
  'the manager asks the person',
  escalated('manager'),
  { type: 'task.ask', task: id, by: manager, text: 'which?' },
  ['task.escalated T-1 to=person why="the manager asks: which?"'],
);
check(
  'the manager reassigns',
  escalated('manager'),
  { type: 'task.reassign', task: id, by: manager, to: null, text: null },
  ['task.reassigned T-1 by=manager from=eng-1'],
);
check('the person retries', escalated('person'), { type: 'task.retry', task: id }, [
  'task.guided T-1 by=person',
]);
check(
  'r takes a task from its engineer',
  held,
  { type: 'task.reassign', task: id, by: person, to: null, text: 'afresh' },
  ['task.reassigned T-1 by=person from=eng-1 text=afresh'],
);
check('a task is dropped', held, { type: 'task.drop', task: id, by: person, why: 'no' }, [
  'task.dropped T-1 by=person why=no',
]);
check(
  'what is landing at this moment is not',
  clearedSlot,
  { type: 'task.drop', task: id, by: person, why: 'no' },
  [],
);
check(
  'the trunk is looked at again',
  state({ trunk: { gate: 'red' } }),
  { type: 'trunk.recheck' },
  ['trunk.moved head=c0 by=outside'],
);
check('the run ends', free(), { type: 'run.end' }, ['run.ended']);
check(
  'after its end nothing is recorded',
  { ...free(), endedCleanly: true },
  { type: 'team.pause' },
  [],
);
check(
  'escalated is put back into the backlog',
  escalated('person'),
  { type: 'task.move', task: id, column: 'backlog' },
  ['task.shelved T-1 why="put back by hand"'],
);
check(
  'doing is not made ready by hand',
  held,
  { type: 'task.move', task: id, column: 'ready' },
  [],
);
check(
  'nobody makes a task done by hand',
  held,
  { type: 'task.move', task: id, column: 'done' },
  [],
);
check(
  'an unplanned task is made ready',
  state({ tasks: [task('T-1', { column: 'backlog', planned: false, landedAs: null })] }),
  { type: 'task.move', task: id, column: 'ready' },
  ['task.readied T-1 why="made ready by hand"'],
);
check(
  'done stays done',
  state({ tasks: [task('T-1', { column: 'done', landedAs: oid('m1') })] }),
  { type: 'task.move', task: id, column: 'ready' },
  [],
);
