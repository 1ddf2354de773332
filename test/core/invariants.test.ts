import { expect, test } from 'vitest';
import { nextDeadline } from '../../src/core/deadline.ts';
import { checkInvariants } from '../../src/core/invariants.ts';
import { overlapOf } from '../../src/core/plan/overlap.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import {
  agent,
  atGate,
  heldBy,
  message,
  oid,
  state,
  task,
  taskId,
} from '../support/core-builders.ts';

const held = state({ agents: [agent('eng-1')], tasks: [task('T-1', heldBy('eng-1'))] });
const first = (given: State, more: object): State => ({
  ...given,
  tasks: { ['T-1']: { ...given.tasks[taskId('T-1')], ...more } } as State['tasks'],
});
const typed = (id: string) => message(id, 'eng-1', { delivery: 'typed', tries: 1, deadline: 9 });

test.each([
  ['nothing at all', emptyState],
  ['a task in work', held],
  ['a task at the gate', atGate()],
])('%s is sound', (_name, given) => {
  expect(() => checkInvariants(given)).not.toThrow();
});

test.each<readonly [string, State]>([
  ['held iff doing', first(held, { column: 'ready' })],
  ['its engineer holds it', { ...held, agents: {} }],
  [
    'escalated is not dispatched',
    first(held, { escalation: { to: 'person', why: '', since: 0, deadline: null } }),
  ],
  ['every attempt is on record', first(held, { attempt: 2 })],
  [
    'under way iff',
    first(held, {
      attempts: [
        { ...held.tasks[taskId('T-1')]?.attempts[0], end: { kind: 'withdrawn', why: '' } },
      ],
    }),
  ],
  ['conflicts are bounded', first(held, { conflicts: 3 })],
  ['exhaustions are bounded', first(held, { exhaustions: 3 })],
  ['at the gate iff', { ...atGate(), landing: null }],
  ['once in the line', { ...atGate(), landingQueue: [taskId('T-1')] }],
  [
    'nobody queues twice',
    {
      ...first(atGate(), { gateStep: 'queued' }),
      landing: null,
      landingQueue: [taskId('T-1'), taskId('T-1')],
    },
  ],
  ['only what passed the gate lands', atGate({ isCleared: true })],
  [
    'the slot is for its newest attempt',
    {
      ...atGate(),
      landing: { ...(atGate().landing as NonNullable<State['landing']>), attempt: 2 },
    },
  ],
  ['landed, dropped or split is done', first(state(), task('T-1', { landedAs: oid('m1') }))],
  [
    'landed tasks are counted once',
    first(state(), task('T-1', { column: 'done', landedAs: oid('m1') })),
  ],
  [
    'dropped tasks are counted once',
    first(state(), task('T-1', { column: 'done', dropped: 'no' })),
  ],
  ['stopped is not running', state({ agents: [agent('eng-1', { stopped: true })] })],
  ['restarts are bounded', state({ agents: [agent('eng-1', { restarts: 6 })] })],
  ['a pause has a beginning', state({ agents: [agent('eng-1', { paused: true })] })],
  ['a pause of the team has a beginning', state({ teamPaused: true })],
  [
    'reads one message at a time',
    state({ agents: [agent('eng-1')], messages: [typed('M-1'), typed('M-2')] }),
  ],
  ['is typed to a member', state({ messages: [typed('M-1')] })],
])('refused: %s', (words, given) => {
  expect(() => checkInvariants(given)).toThrow(words);
});

test.each<readonly [string, State, number | null]>([
  ['nothing waits', state(), null],
  [
    'the earliest of all',
    state({ agents: [agent('eng-1', { deadline: 90 }), agent('eng-2', { deadline: 50 })] }),
    50,
  ],
  ['overdue is due at once', state({ agents: [agent('eng-1', { deadline: 5 })] }), 10],
  [
    'a paused agent waits for nothing',
    state({
      agents: [agent('eng-1', { deadline: 90, paused: true, pausedAt: 0 })],
      messages: [typed('M-1')],
    }),
    null,
  ],
  [
    'nor does a paused team',
    state({ agents: [agent('eng-1', { deadline: 90 })], teamPaused: true, teamPausedAt: 0 }),
    null,
  ],
  ['a gate that is tried again', atGate({ running: null, retryAt: 70 }), 70],
])('the next deadline: %s', (_name, given, expected) => {
  expect(nextDeadline(given, 10)).toBe(expected);
});

test.each([
  ['src/a.ts', 'src/a.ts', true],
  ['./src/a.ts', 'src/a.ts', true],
  ['src', 'src/a.ts', true],
  ['src/', 'src/deep/a.ts', true],
  ['src/a', 'src/a.ts', false],
  ['src/**', 'src/deep/a.ts', true],
  ['src/*.ts', 'src/a.css', false],
  ['src/*.ts', 'src/a.ts', true],
  ['src/**', 'test/**', false],
  ['**/a.ts', 'src/b/**', true],
])('scopes %s and %s meet: %s', (one, other, expected) => {
  expect(overlapOf([one], [other])).toBe(expected ? one : null);
  expect(overlapOf([other], [one])).toBe(expected ? other : null);
});

test('an overlap names the path', () => {
  expect(overlapOf(['a.ts', 'src/b.ts'], ['src'])).toBe('src/b.ts');
  expect(overlapOf([], ['src'])).toBeNull();
});
