import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply/apply.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { EventBody } from '../../src/core/event.ts';
import { react } from '../../src/core/react.ts';
import { recover } from '../../src/core/recover.ts';
import type { State } from '../../src/core/state.ts';
import {
  agent,
  agentId,
  atGate,
  attemptOf,
  candidate,
  heldBy,
  type landing,
  message,
  now,
  oid,
  state,
  task,
  taskId,
} from '../support/core-builders.ts';

const print = ({ type, ...rest }: Effect) =>
  [
    type,
    ...Object.values(rest).map(value => (typeof value === 'object' ? 'candidate' : value)),
  ].join(' ');

function check(name: string, given: State, body: EventBody, expected: readonly string[]): void {
  test(name, () => {
    const event = { ...body, at: now };
    expect(react(given, apply(given, event), event).map(print)).toEqual(expected);
  });
}

const eng = agentId('eng-1');
const about = { task: taskId('T-1'), attempt: 1 };
const held = state({ agents: [agent('eng-1')], tasks: [task('T-1', heldBy('eng-1'))] });
const paused = { teamPaused: true, teamPausedAt: 0 };
const typed = state({ agents: [agent('eng-1')], messages: [message('M-1', 'eng-1')] });

check(
  'a new session: work is saved first',
  held,
  { type: 'agent.launched', agent: eng, session: 's', resumed: false, deadline: now },
  ['saveWork eng-1 T-1 a new session', 'launchAgent eng-1 s false'],
);
check(
  'an agent that ended is cleared away',
  held,
  { type: 'agent.exited', agent: eng, reason: 'x', restartAt: now },
  ['saveWork eng-1 T-1 its agent ended', 'stopAgent eng-1'],
);
check('a paused agent is held', held, { type: 'agent.paused', agent: eng }, ['holdAgent eng-1']);
check('and released', held, { type: 'agent.resumed', agent: eng }, ['releaseAgent eng-1']);
check(
  'not while the whole team is paused',
  { ...held, ...paused },
  { type: 'agent.resumed', agent: eng },
  [],
);
check('a paused team is held', held, { type: 'team.paused' }, ['holdAgent eng-1']);
check(
  'its end releases whoever is not paused themselves',
  state({ agents: [agent('eng-1'), agent('eng-2', { paused: true, pausedAt: 0 })], ...paused }),
  { type: 'team.resumed' },
  ['releaseAgent eng-1'],
);
check('a first delivery pastes', typed, { type: 'message.typed', id: 'M-1', deadline: now }, [
  'deliverMessage eng-1 M-1',
]);
check(
  'a second one presses Enter only',
  state({ agents: [agent('eng-1')], messages: [message('M-1', 'eng-1', { tries: 1 })] }),
  { type: 'message.typed', id: 'M-1', deadline: now },
  ['submitAgain eng-1 M-1'],
);
check(
  'an assignment prepares the worktree',
  state({ agents: [agent('eng-1')], tasks: [task('T-1')] }),
  { type: 'task.assigned', ...about, agent: eng, why: '' },
  ['prepareWorktree eng-1 T-1 1', 'writeBoard T-1'],
);
check(
  'a task that is taken away from a running gate ends it',
  atGate(),
  { type: 'task.dropped', task: about.task, by: 'person', why: 'no' },
  ['writeBoard T-1', 'cancelGate T-1 1', 'endAssignment eng-1'],
);
check(
  'a refused status is written back',
  held,
  { type: 'task.refused', task: about.task, why: 'no' },
  ['writeBoard T-1'],
);
check(
  'a landing brings the person up',
  atGate(),
  { type: 'trunk.moved', head: oid('m1'), by: 'belfry' },
  ['followCheckout'],
);
check(
  'what goes to the person is taken from the engineer',
  held,
  { type: 'task.escalated', task: about.task, to: 'person', from: eng, why: 'odd', deadline: null },
  ['writeBoard T-1', 'saveWork eng-1 T-1 task.escalated', 'endAssignment eng-1'],
);

const recovered = (slot: Parameters<typeof landing>[0]) =>
  recover(atGate(slot))
    .map(print)
    .filter(line => /Candidate|runGate/.test(line));

test('after a restart the landing goes on where it was', () => {
  expect(recovered({ candidate: null, running: null })).toEqual(['buildCandidate T-1 1']);
  expect(recovered({})).toEqual(['runGate T-1 1 1 candidate m1 t1']);
  expect(recovered({ running: 'trunk' })).toEqual(['runGate T-1 1 1 trunk c0 candidate']);
  expect(recovered({ passed: true, running: null, isCleared: true })).toEqual([
    'landCandidate T-1 1 candidate',
  ]);
  expect(recovered({ running: null, retryAt: now })).toEqual([]);
});

test('after a restart nobody holds what was taken away in the last moment', () => {
  const free = state({ agents: [agent('eng-1')], tasks: [task('T-1')] });
  expect(recover(free).map(print)).toContain('endAssignment eng-1');
});

const landedAs = (commit: string, since: number, id: string) =>
  task(id, {
    ...{ column: 'done', landedAs: oid(commit), since, attempt: 1 },
    attempts: [
      attemptOf(1, 'eng-1', {
        record: {
          maker: null,
          head: oid('h1'),
          gates: [],
          candidate: { ...candidate, commit: oid('m1') },
        },
      }),
    ],
  });
test('after a restart it is looked for whom the newest landings concern', () => {
  const ids = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5'];
  const tasks = ids.map((id, at) => landedAs(id === 'T-4' ? 'm2' : 'm1', at, id));
  const found = recover(state({ tasks })).filter(({ type }) => type === 'findChanges');
  // T-4 landed otherwise than as the merge result on record.
  expect(found).toEqual(
    ['T-5', 'T-3'].map(id => ({
      type: 'findChanges',
      task: id,
      candidate: { base: candidate.base, commit: oid('m1') },
    })),
  );
});

test('after a restart worktrees and board are put in order', () => {
  expect(recover(held).map(print)).toEqual([
    'prepareWorktree eng-1 T-1 1',
    'writeBoard T-1',
    'followCheckout',
  ]);
});
