import { expect, test } from 'vitest';
import type { Question } from '../../../src/core/agent.ts';
import type { Event, EventOf, EventType } from '../../../src/core/event.ts';
import type { Overspent } from '../../../src/core/usage/budget.ts';
import { eventWords } from '../../../src/ui/present/event-words.ts';
import { timeline } from '../../../src/ui/present/timeline.ts';
import { agentId, candidate, content, oid, taskId } from '../../support/core-builders.ts';

const task = taskId('T-7');
const agent = agentId('eng-1');
const about = { task, attempt: 2 } as const;
const held = { ...about, agent };
const run = { ...about, run: 1 };
const question: Question = {
  ...{ id: 'q-1', text: 'Run it?', since: 0, answersItselfAt: null },
  kind: 'permission',
};
const overspent: Overspent = {
  ...{ since: 0, spent: 5, limit: 4, holdsTeam: false, heldBack: null },
  kind: 'dollars',
};

type Body<Type extends EventType> = Omit<EventOf<Type>, 'type'>;

/** One of each type, asked for by the compiler: a new event cannot come without words. */
const facts: { readonly [Type in EventType]: Body<Type> } = {
  'run.started': { trunk: 'main', head: oid('c0') },
  'run.ended': {},
  'team.paused': {},
  'team.resumed': {},
  'person.acted': {},
  'clock.jumped': { gapMs: 600_000 },
  'agent.joined': { agent, role: 'engineer', cli: 'claude' },
  'agent.left': { agent },
  'agent.launched': { agent, session: 's-1', resumed: false, deadline: 1 },
  'agent.looked': { agent, status: 'working', reason: 'its title says so', deadline: null },
  'agent.measured': { agent, contextUsed: 0.5, costUsd: null },
  'agent.exited': { agent, reason: 'code 1', restartAt: null },
  'agent.nudged': { agent },
  'agent.paused': { agent },
  'agent.resumed': { agent },
  'agent.sessionLost': { agent },
  'agent.interrupted': { agent },
  'agent.stopped': { agent },
  'question.asked': { agent, question },
  'question.answered': { agent, question: 'q-1', answer: 'yes', by: 'person' },
  'question.gone': { agent, question: 'q-1' },
  'task.added': { task, by: 'person', content: content(), column: 'ready', planned: true },
  'task.edited': { task, content: content() },
  'task.planned': { task, why: 'its plan was accepted' },
  'task.readied': { task, why: 'it can be' },
  'task.shelved': { task, why: 'you moved it' },
  'task.paused': { task },
  'task.resumed': { task },
  'task.dropped': { task, by: 'person', why: 'not wanted' },
  'task.returned': { task, column: 'ready', planned: true },
  'task.refused': { task, why: 'it is landing' },
  'files.broken': { files: [{ file: 'T-8.md', line: 3, reason: 'no title' }] },
  'task.assigned': { ...held, why: 'free' },
  'attempt.started': { ...about, isRetry: true, freshSession: false },
  'attempt.submitted': { ...about, head: oid('h1'), summary: 'done', claimed: true },
  'attempt.failed': { ...about, reason: 'gate', excerpt: '' },
  'attempt.conflicted': { ...about, files: ['a.ts'] },
  'attempt.collided': { ...about, others: [], excerpt: '' },
  'attempt.sentBack': { ...about, text: 'not so' },
  'attempt.withdrawn': { ...about, why: 'paused' },
  'attempt.handedOver': { ...held, why: 'its context is full' },
  'attempt.doubted': { ...held, deadline: 1 },
  'attempt.nudged': held,
  'task.blocked': { ...about, why: 'no key' },
  'task.escalated': { task, to: 'manager', from: agent, why: 'two retries', deadline: null },
  'task.guided': { task, by: 'person', text: 'use the lock' },
  'task.reassigned': { task, by: 'person', from: agent, to: null, text: null },
  'landing.started': about,
  'candidate.built': { ...about, candidate, risks: [] },
  'gate.started': { ...run, subject: 'candidate' },
  'gate.passed': { ...run, durationMs: 1, flaky: false },
  'gate.failed': { ...run, durationMs: 1, excerpt: '' },
  'gate.faulted': { ...run, reason: 'no disk', retryAt: 1 },
  'review.requested': { ...about, risks: ['a test is gone'] },
  'review.approved': about,
  'landing.cleared': about,
  'landing.restarted': { ...about, why: 'the trunk moved' },
  'landing.abandoned': { ...about, why: 'the trunk is red', requeue: true },
  'landing.finished': { ...about, commit: oid('m1') },
  'trunk.moved': { head: oid('m1'), by: 'belfry' },
  'trunk.checked': { head: oid('m1'), green: true, excerpt: null },
  'checkout.followed': { behind: 0, why: null },
  'task.linted': { task, findings: [] },
  'task.split': { task, by: agent, into: [taskId('T-8')] },
  'batch.formed': { tasks: [task, taskId('T-8')] },
  'batch.failed': { why: 'no disk' },
  'task.batched': { task, into: taskId('T-8') },
  'goal.unanswered': { agent, why: 'it answered in words' },
  'budget.crossed': { task, overspent },
  'budget.settled': { task, answer: 'raise', grant: { dollars: 9, tokens: null } },
  'message.sent': {
    ...{ id: 'M-1', kind: 'task', from: 'belfry', to: agent, ...about },
    ...{ text: '', freshSession: false },
  },
  'message.pressed': { id: 'M-1' },
  'message.typed': { id: 'M-1', deadline: 1 },
  'message.entered': { id: 'M-1', deadline: 1 },
  'message.untyped': { id: 'M-1', why: 'git is locked' },
  'message.delivered': { id: 'M-1' },
  'message.failed': { id: 'M-1', why: 'it exited' },
};

const events = Object.entries(facts).map(([type, body]) => ({ type, ...body, at: 1 }) as Event);

test.each(events)('$type is said in a sentence', body => {
  const { text } = eventWords(body);
  expect(text.length).toBeGreaterThan(4);
  expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  // Who and what it is about is named.
  if ('agent' in body && !body.type.startsWith('attempt.')) expect(text).toContain('eng-1');
  if ('task' in body && body.type !== 'attempt.doubted') expect(text).toContain('T-7');
});

test('the timeline shows them all', () => {
  expect(timeline({ events, only: null, filter: '' })).toHaveLength(events.length);
});

test('the rows of a claim stay apart where they are told in one', () => {
  const summary = 'exported it\nOutside the files of the task, because it must\n  src/index.ts';
  const fact = { at: 0, type: 'attempt.submitted', ...facts['attempt.submitted'], summary };
  expect(eventWords(fact as Event)?.text).toMatch(
    /: exported it · Outside the files of the task, because it must · src\/index\.ts$/,
  );
});

test('a branch that is gone is not said to be “0 behind”', () => {
  const fact = { at: 0, type: 'checkout.followed', behind: 0, why: 'there is no branch main' };
  expect(eventWords(fact as Event)?.text).toBe(
    'your branch does not follow: there is no branch main',
  );
});

test('a rule that finds two things is named once', () => {
  const finding = { rule: 'symbols', severity: 'warning', text: 'a', wouldPass: 'b' };
  const fact = { at: 0, type: 'task.linted', task, findings: [finding, finding] };
  expect(eventWords(fact as unknown as Event)?.text).toMatch(/warns of symbols$/);
});
