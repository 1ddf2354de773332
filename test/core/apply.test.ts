import { expect, test } from 'vitest';
import type { AgentStatus } from '../../src/core/agent.ts';
import { apply } from '../../src/core/apply/apply.ts';
import type { EventBody } from '../../src/core/event.ts';
import type { State } from '../../src/core/state.ts';
import {
  agent,
  agentId,
  atGate,
  heldBy,
  message,
  oid,
  state,
  task,
  taskId,
} from '../support/core-builders.ts';

const at = (time: number, body: EventBody) => ({ ...body, at: time });
const folded = (given: State, ...events: readonly ReturnType<typeof at>[]) =>
  events.reduce(apply, given);
const eng = agentId('eng-1');
const id = taskId('T-1');
const waiting = state({
  agents: [agent('eng-1', { deadline: 1_000, restartAt: 2_000 })],
  tasks: [
    task('T-1', {
      escalations: 1,
      escalation: { to: 'manager', why: '', since: 0, deadline: 5_000 },
    }),
  ],
  messages: [message('M-1', 'eng-1', { delivery: 'typed', tries: 1, deadline: 3_000 })],
  landing: atGate({ retryAt: 4_000 }).landing,
});
const deadlines = ({ agents, messages, landing, tasks }: State) => [
  ...[agents[eng]?.deadline, agents[eng]?.restartAt, messages[0]?.deadline, landing?.retryAt],
  tasks[id]?.escalation?.deadline,
];

test('a pause of the team moves every deadline by its length', () => {
  const after = folded(
    waiting,
    at(100, { type: 'team.paused' }),
    at(150, { type: 'team.resumed' }),
  );
  expect(deadlines(after)).toEqual([1_050, 2_050, 3_050, 4_050, 5_050]);
});

test("an agent's own pause moves its own deadlines", () => {
  const pause = at(100, { type: 'agent.paused', agent: eng });
  const after = folded(waiting, pause, at(150, { type: 'agent.resumed', agent: eng }));
  expect(deadlines(after)).toEqual([1_050, 2_050, 3_050, 4_000, 5_000]);
});

const team = (time: number, isPause: boolean) =>
  at(time, { type: isPause ? 'team.paused' : 'team.resumed' });
const own = (time: number, isPause: boolean) =>
  at(time, { type: isPause ? 'agent.paused' : 'agent.resumed', agent: eng });

test.each([
  ['inside the other', [team(100, true), own(110, true), own(120, false), team(150, false)], 50],
  ['around the other', [own(100, true), team(110, true), team(120, false), own(150, false)], 50],
  [
    'before the other ends',
    [own(100, true), team(110, true), own(130, false), team(150, false)],
    50,
  ],
  [
    'after the other ends',
    [team(100, true), own(110, true), team(130, false), own(150, false)],
    50,
  ],
] as const)('two pauses, one %s: no moment counts twice', (_name, events, gap) => {
  expect(folded(waiting, ...events).agents[eng]?.deadline).toBe(1_000 + gap);
});

test('a sleep of the machine during a pause counts once', () => {
  const jump = at(1_120, { type: 'clock.jumped', gapMs: 1_000 });
  const after = folded(waiting, own(100, true), jump, own(1_150, false));
  expect(after.agents[eng]?.deadline).toBe(1_000 + 1_000 + 50);
});

test('passing an escalation on is still the same escalation', () => {
  const held = state({ agents: [agent('eng-1')], tasks: [task('T-1', heldBy('eng-1'))] });
  const about = { type: 'task.escalated', task: id, why: '' } as const;
  const once = folded(held, at(1, { ...about, to: 'manager', from: eng, deadline: 9 }));
  const twice = folded(once, at(2, { ...about, to: 'person', from: null, deadline: null }));
  expect([once, twice].map(one => one.counters.escalations)).toEqual([1, 1]);
  expect(twice.tasks[id]?.failedBy).toEqual([eng]);
  expect(twice.agents[eng]?.task).toBeNull();
});

test('retries survive a withdrawal, and end with a decision', () => {
  const held = state({
    agents: [agent('eng-1')],
    tasks: [task('T-1', heldBy('eng-1', { retries: 2 }))],
  });
  const about = { task: id, attempt: 1 };
  const back = folded(held, at(1, { type: 'attempt.withdrawn', ...about, why: '' }));
  const again = folded(
    back,
    at(2, { type: 'task.assigned', task: id, attempt: 2, agent: eng, why: '' }),
  );
  expect(again.tasks[id]?.retries).toBe(2);
  expect(again.tasks[id]?.attempts).toHaveLength(2);
  expect(
    folded(back, at(2, { type: 'task.guided', task: id, by: 'person', text: '' })).tasks[id]
      ?.retries,
  ).toBe(0);
});

test('what was typed into a session that is gone is typed again, and whole', () => {
  const queued = { delivery: 'queued', deadline: null, tries: 0 };
  const gone = at(9, { type: 'agent.exited', agent: eng, reason: '', restartAt: 10 });
  expect(folded(waiting, gone).messages[0]).toMatchObject(queued);
  const begun = at(9, { type: 'run.started', trunk: 'main', head: oid('c0') });
  expect(folded(waiting, begun).messages[0]).toMatchObject(queued);
});

test('an agent that was cut in its work remembers it until it is told something', () => {
  const busy = state({
    agents: [agent('eng-1', { status: 'working' })],
    messages: waiting.messages,
  });
  const cut = folded(busy, at(9, { type: 'run.started', trunk: 'main', head: oid('c0') }));
  expect(cut.agents[eng]).toMatchObject({ isCut: true, status: 'exited' });
  expect(folded(cut, at(10, { type: 'message.delivered', id: 'M-1' })).agents[eng]?.isCut).toBe(
    false,
  );
});

test('outages are counted by turns that were ended, not by what is told of one', () => {
  const outagesAfter = (...statuses: readonly AgentStatus[]) =>
    folded(
      waiting,
      ...statuses.map((status, after) =>
        at(after, { type: 'agent.looked', agent: eng, status, reason: '', deadline: null }),
      ),
    ).agents[eng]?.outages;
  expect(outagesAfter('working', 'failed', 'limited', 'failed')).toBe(1);
  expect(outagesAfter('working', 'failed', 'working', 'limited')).toBe(2);
  expect(outagesAfter('working', 'failed', 'working', 'idle')).toBe(0);
});

test('landing makes done, frees the engineer and counts the lines', () => {
  const after = folded(
    atGate(),
    at(7, { type: 'landing.finished', task: id, attempt: 1, commit: oid('m1') }),
  );
  expect(after.tasks[id]).toMatchObject({ column: 'done', landedAs: 'm1', assignee: null });
  expect(after.tasks[id]?.attempts).toMatchObject([
    { number: 1, agent: 'eng-1', endedAt: 7, end: { kind: 'landed', commit: 'm1' } },
  ]);
  expect(after.counters).toMatchObject({ landed: 1, linesAdded: 3, linesRemoved: 1 });
  expect(after.landing).toBeNull();
  expect(after.agents[eng]?.task).toBeNull();
});

test('a landed commit is green by its own gate, one from outside is unknown', () => {
  const moved = (by: 'belfry' | 'outside') =>
    folded(state(), at(1, { type: 'trunk.moved', head: oid('m1'), by })).trunk.gate;
  expect([moved('belfry'), moved('outside')]).toEqual(['green', 'unknown']);
});

test('the trunk knows since when it is red and since when the checkout is behind, not when it was said last', () => {
  const head = oid('h1');
  const red = { type: 'trunk.checked', head, green: false, excerpt: 'red' } as const;
  const followed = (behind: number) =>
    ({ type: 'checkout.followed', behind, why: 'your edits' }) as const;
  const after = folded(
    state(),
    at(1, { type: 'trunk.moved', head, by: 'outside' }),
    at(5, red),
    at(6, followed(1)),
    at(7, red),
    at(8, followed(2)),
  );
  expect(after.trunk).toMatchObject({ gate: 'red', gateSince: 5, behind: 2, behindSince: 6 });
  // Nobody could mend it while the machine slept, and a clock that was set is no time that passed.
  const slept = folded(after, at(1_008, { type: 'clock.jumped', gapMs: 1_000 }));
  expect(slept.trunk).toMatchObject({ gateSince: 1_005, behindSince: 1_006 });
  const again = folded(after, at(9, { ...red, green: true }), at(10, followed(0)));
  expect(folded(again, at(11, followed(1))).trunk).toMatchObject({ gateSince: 9, behindSince: 11 });
});

test('a check of a trunk that has moved meanwhile says nothing about the new one', () => {
  const given = atGate({ running: 'trunk' });
  const checked = at(1, {
    type: 'trunk.checked',
    head: oid('older'),
    green: false,
    excerpt: 'red',
  });
  expect(folded(given, checked)).toMatchObject({
    trunk: { gate: 'unknown' },
    landing: { running: null },
  });
});
