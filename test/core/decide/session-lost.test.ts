import { describe, expect, test } from 'vitest';
import { composeMessage } from '../../../src/core/briefing/compose-message.ts';
import type { Observation } from '../../../src/core/input.ts';
import type { Message } from '../../../src/core/message.ts';
import { emptyState, type State } from '../../../src/core/state.ts';
import {
  agent,
  agentId,
  check,
  content,
  heldBy,
  message,
  now,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const lost: Observation = {
  ...{ type: 'agent.sessionLost', agent: agentId('eng-1'), session: 'eng-1-1' },
};
const worked = {
  status: 'starting',
  messagesInSession: 3,
  isCut: true,
  deadline: 2_000_000,
} as const;
const held = (more = {}, messages = {}) =>
  state({
    agents: [agent('eng-1', { ...worked, ...more })],
    tasks: [task('T-1', heldBy('eng-1'))],
    ...messages,
  });

check('a session that is gone is followed by a handoff, and not by a word to go on', held(), lost, [
  'agent.sessionLost eng-1',
  'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1 freshSession=true',
]);
check(
  'and by nothing more than the message about the task that waits already',
  held(
    {},
    { messages: [message('M-1', 'eng-1', { kind: 'failure', task: taskId('T-1'), attempt: 1 })] },
  ),
  lost,
  ['agent.sessionLost eng-1'],
);
check(
  'that of an agent without a task by nothing',
  state({ agents: [agent('eng-1', worked)] }),
  lost,
  ['agent.sessionLost eng-1'],
);
check('word of an older session says nothing', held({ session: 'eng-1-2' }), lost, []);

const architectLost: Observation = {
  ...{ type: 'agent.sessionLost', agent: agentId('architect'), session: 'architect-1' },
};
const goal = (id: string, more: Partial<Message> = {}) =>
  message(id, 'architect', { kind: 'goal', text: 'Make it fast', delivery: 'delivered', ...more });
const opened = (of: string): State['plan'] => ({
  ...emptyState.plan,
  goals: [{ agent: agentId('architect'), message: of, since: 0, unanswered: null, heard: 0 }],
});
const escalated = (id: string) =>
  task(id, {
    escalation: { to: 'manager', why: 'stuck', since: 0, deadline: 2_000_000 },
  });
const page = (id: string, of: string, more: Partial<Message> = {}) =>
  message(id, 'manager', {
    ...{ kind: 'escalation', from: 'belfry', task: taskId(of), attempt: 0, text: '' },
    ...{ delivery: 'delivered', ...more },
  });
const starting = { status: 'starting', deadline: 2_000_000 } as const;
const toldAgain =
  'message.sent id=M-2 kind=goal from=person to=architect text="Make it fast" again=M-1';

check(
  'an architect that lost its session is told the goal again that it owes a plan for',
  state({
    agents: [agent('architect', starting)],
    messages: [goal('M-1')],
    plan: opened('M-1'),
  }),
  architectLost,
  ['agent.sessionLost architect', toldAgain],
);
check(
  'and the goal of the turn that was cut, though a first task came of it',
  state({ agents: [agent('architect', { ...starting, isCut: true })], messages: [goal('M-1')] }),
  architectLost,
  ['agent.sessionLost architect', toldAgain],
);
check(
  'but none that it has answered',
  state({ agents: [agent('architect', starting)], messages: [goal('M-1')] }),
  architectLost,
  ['agent.sessionLost architect'],
);
check(
  'a manager that lost its session gets the page again that it owes an answer to',
  state({
    agents: [agent('manager', starting)],
    tasks: [escalated('T-1'), task('T-2')],
    messages: [
      page('M-1', 'T-1', { freshSession: true }),
      // Answered: its task goes on.
      page('M-2', 'T-2', { freshSession: true }),
    ],
  }),
  { type: 'agent.sessionLost', agent: agentId('manager'), session: 'manager-1' },
  [
    'agent.sessionLost manager',
    'message.sent T-1/0 id=M-3 kind=escalation from=belfry to=manager freshSession=true again=M-1',
  ],
);
check(
  'also when a note that it does not take brings the fresh session',
  state({
    agents: [agent('manager')],
    tasks: [escalated('T-1')],
    messages: [
      page('M-1', 'T-1', { freshSession: true }),
      message('M-2', 'manager', { freshSession: true }),
    ],
  }),
  { type: 'time.passed' },
  [
    'message.sent T-1/0 id=M-3 kind=escalation from=belfry to=manager freshSession=true again=M-1',
    'agent.launched manager session=manager-2-lfls deadline=+60000',
  ],
);
check(
  'one whose session is given up after two tries is told again in the fresh one',
  state({
    agents: [agent('architect', { status: 'exited', restarts: 3, restartAt: now, deadline: null })],
    messages: [goal('M-1')],
    plan: opened('M-1'),
  }),
  { type: 'time.passed' },
  [toldAgain, 'agent.launched architect session=architect-2-lfls deadline=+60000'],
);

describe('a full context of an architect that owes a plan', () => {
  const looked: Observation = {
    ...{ type: 'agent.looked', agent: agentId('architect'), session: 'architect-1' },
    ...{ status: 'exhausted', reason: 'full', question: null },
  };
  check(
    'is handed over to a fresh session',
    state({ agents: [agent('architect', { status: 'working' })], messages: [goal('M-1')] }),
    looked,
    [
      'agent.looked architect status=exhausted reason=full',
      toldAgain,
      'agent.launched architect session=architect-2-lfls deadline=+60000',
    ],
  );
  check(
    'once: the second time the person is told',
    state({
      agents: [agent('architect', { status: 'working' })],
      messages: [goal('M-1'), goal('M-2', { again: 'M-1' })],
      plan: opened('M-2'),
    }),
    looked,
    [
      'agent.looked architect status=exhausted reason=full',
      'goal.unanswered architect why="filled two context windows with it"',
    ],
  );
});

test('a program that ends over a session that is gone starts in a fresh one next, which counts once', () => {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': content() });
  const eng = agentId('eng-1');
  const { session, sessionCount = 0 } = team.state.agents[eng] ?? {};
  const gone = { agent: eng, session: session ?? '' };
  team.input({ type: 'agent.exited', ...gone, reason: 'killed' });
  team.pass(1_000);
  expect(team.eventsOf('agent.launched').at(-1)).toMatchObject({ agent: eng, resumed: true });
  team.input({ type: 'agent.exited', ...gone, reason: 'Session not found' });
  team.input({ type: 'agent.sessionLost', ...gone });
  team.pass(5_000);
  expect(team.eventsOf('agent.launched').at(-1)).toMatchObject({ agent: eng, resumed: false });
  expect(team.state.agents[eng]).toMatchObject({ sessionCount: sessionCount + 1 });
  const handoffs = team.state.messages.filter(one => one.kind === 'handoff');
  expect(handoffs).toMatchObject([{ to: eng, delivery: 'delivered' }]);
});

test('what is told again goes first, says that it is, and is owed an answer as before', () => {
  const team = new TeamDriver(1);
  const architect = agentId('architect');
  const give = (text: string) =>
    team.input({ type: 'message.send', from: 'person', to: architect, text, isGoal: true });
  give('Make it fast');
  team.look(architect, 'working');
  give('Make it small');
  const { session } = team.state.agents[architect] ?? {};
  team.input({ type: 'agent.exited', agent: architect, session: session ?? '', reason: 'killed' });
  team.pass(1_000);
  team.input({ type: 'agent.sessionLost', agent: architect, session: session ?? '' });
  const told = team.state.messages.filter(
    one => one.kind === 'goal' && one.delivery === 'delivered',
  );
  expect(told.map(({ text, again }) => [text, again])).toEqual([
    ['Make it fast', undefined],
    ['Make it fast', 'M-1'],
  ]);
  expect(team.state.plan.goals.map(one => one.message)).toEqual([told[1]?.id]);
  expect(composeMessage(team.state, told[1] as Message, { work: null })).toContain(
    'A session before you was told this and could not go on.',
  );
});

describe('a turn of which the session holds nothing any more', () => {
  const cut = (agent: string, session: string): Observation => ({
    ...{ type: 'agent.interrupted', agent: agentId(agent), session, isForgotten: true },
  });
  check(
    'is told again in the same session',
    held({ status: 'working', isCut: false, deadline: null }),
    cut('eng-1', 'eng-1-1'),
    [
      'agent.interrupted eng-1',
      'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1',
      expect.stringMatching(/^agent\.looked eng-1 /),
    ],
  );
  check(
    'to an architect with the goal that it was about',
    state({ agents: [agent('architect', { status: 'working' })], messages: [goal('M-1')] }),
    cut('architect', 'architect-1'),
    ['agent.interrupted architect', toldAgain],
  );
});
