import { expect, test } from 'vitest';
import type { Agent } from '../../src/core/agent.ts';
import { decide } from '../../src/core/decide/index.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Command, Observation } from '../../src/core/input.ts';
import type { Message } from '../../src/core/message.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import type { Candidate } from '../../src/core/record/candidate.ts';
import { emptyState, type Landing, type State } from '../../src/core/state.ts';
import type { Attempt, Task, TaskContent } from '../../src/core/task.ts';
import { newAccount } from '../../src/core/usage/budget.ts';
import { noUsage } from '../../src/core/usage/usage.ts';
import { printEvent } from './print-event.ts';

/** The instant of every input in a table; deadlines read as distances from it. */
export const now = 1_000_000;
export const seconds = (count: number): number => count * 1_000;

export const oid = (text: string): Oid => text as Oid;
export const taskId = (text: string): TaskId => text as TaskId;
export const agentId = (text: string): AgentId => text as AgentId;

export function agent(id: string, more: Partial<Agent> = {}): Agent {
  const role = id === 'architect' || id === 'manager' ? id : 'engineer';
  return {
    ...{ id: agentId(id), role, cli: 'scripted', status: 'idle', statusReason: 'at its prompt' },
    ...{ since: 0, session: `${id}-1`, sessionCount: 1, task: null, paused: false, stopped: false },
    ...{ question: null, contextUsed: null, costUsd: null, tokens: null, restarts: 0, outages: 0 },
    ...{
      restartAt: null,
      deadline: null,
      nudged: false,
      messagesInSession: 1,
      workedInSession: true,
      isCut: false,
      pausedAt: null,
      isHeldBack: false,
    },
    ...more,
  };
}

export const content = (more: Partial<TaskContent> = {}): TaskContent => ({
  ...{ title: 'Count the boats', priority: 'medium', tags: [], dependsOn: [], files: [] },
  ...{ accept: [], estimateMinutes: null, body: '' },
  ...more,
});

export const attemptOf = (number: number, by: string, more: Partial<Attempt> = {}): Attempt => ({
  ...{ number, agent: agentId(by), startedAt: 0, endedAt: null, end: null, summary: null },
  ...{ sessions: 1, effort: { startedMs: 0, ms: null, used: noUsage } },
  ...more,
});

/** A task; one that is held has as many attempts as it says, the last of them under way. */
export function task(id: string, more: Partial<Task> = {}): Task {
  const { assignee = null, attempt = assignee === null ? 0 : 1 } = more;
  const attempts = Array.from({ length: attempt }, (_, index) =>
    attemptOf(
      index + 1,
      assignee ?? 'eng-1',
      index + 1 === attempt && assignee !== null
        ? {}
        : { endedAt: 0, end: { kind: 'failed', reason: 'gate', excerpt: 'red' } },
    ),
  );
  return {
    ...content(),
    ...{ id: taskId(id), column: 'ready', since: 0, addedAt: 0, addedBy: 'person', assignee },
    ...{ reservedFor: null, attempt, retries: 0, conflicts: 0, exhaustions: 0, escalations: 0 },
    ...{ reassignments: 0, failedBy: [], attempts, gateStep: null, risks: [], escalation: null },
    ...{ guidance: null, blocked: null, paused: false, dropped: null, landedAs: null },
    ...{ planned: true, account: newAccount, why: '', splitRequests: 0, splitInto: [] },
    ...more,
  };
}

export const heldBy = (id: string, more: Partial<Task> = {}): Partial<Task> => ({
  column: 'doing',
  assignee: agentId(id),
  ...more,
});

export const candidate: Candidate = {
  ...{ base: oid('c0'), head: oid('h1'), commit: oid('m1'), tree: oid('t1') },
  ...{ files: ['a.ts'], linesAdded: 3, linesRemoved: 1 },
};

export const landing = (more: Partial<Landing> = {}): Landing => ({
  ...{ task: taskId('T-1'), attempt: 1, startedAt: 0, candidate, runs: 1, rebuilds: 0, faults: 0 },
  ...{ red: null, passed: false, running: 'candidate', isCleared: false, flaky: false },
  retryAt: null,
  ...more,
});

export const message = (id: string, to: string, more: Partial<Message> = {}): Message => ({
  ...{
    id,
    kind: 'note',
    from: 'person',
    to: agentId(to),
    task: null,
    attempt: null,
    text: 'hello',
  },
  ...{ freshSession: false, sentAt: 0, delivery: 'queued', tries: 0, deadline: null },
  ...more,
});

/** A state of a run under way, with who holds what filled in on both sides. */
export function state(
  parts: Omit<Partial<State>, 'agents' | 'tasks' | 'trunk'> & {
    readonly agents?: readonly Agent[];
    readonly tasks?: readonly Task[];
    readonly trunk?: Partial<State['trunk']>;
  } = {},
): State {
  const { agents = [], tasks = [], trunk = {}, ...rest } = parts;
  const holds = (id: AgentId) => tasks.find(one => one.assignee === id)?.id ?? null;
  const landed = tasks.filter(one => one.landedAs !== null).length;
  const dropped = tasks.filter(one => one.dropped !== null).length;
  return {
    ...emptyState,
    endedCleanly: false,
    messageCount: rest.messages?.length ?? 0,
    trunk: { ...emptyState.trunk, name: 'main', head: oid('c0'), ...trunk },
    agents: Object.fromEntries(agents.map(one => [one.id, { ...one, task: holds(one.id) }])),
    tasks: Object.fromEntries(tasks.map(one => [one.id, one])),
    counters: { ...emptyState.counters, landed, dropped },
    ...rest,
  };
}

/** T-1 of eng-1 at the gate, in the slot. */
export const atGate = (slot: Partial<Landing> = {}, more: Partial<Task> = {}): State =>
  state({
    agents: [agent('eng-1')],
    tasks: [task('T-1', heldBy('eng-1', { column: 'gate', gateStep: 'testing', ...more }))],
    landing: landing({ attempt: more.attempt ?? 1, ...slot }),
  });

/** The events that one input leads to, as lines. Deadlines are said as distances: `+60000`. */
export function linesOf(
  given: State,
  input: Command | Observation,
  policy: Partial<Policy> = {},
): readonly string[] {
  const events = decide(given, { ...input, at: now }, { ...defaultPolicy, ...policy });
  return events.map(event =>
    printEvent(event).replace(/\b(deadline|retryAt|restartAt)=(\d+)/g, (_text, name, at) => {
      return `${name}=+${Number(at) - now}`;
    }),
  );
}

/** One row of a table: in this state this input leads to these events, in this order. */
export function check(
  name: string,
  given: State,
  input: Command | Observation,
  expected: readonly string[],
  policy: Partial<Policy> = {},
): void {
  test(name, () => {
    expect(linesOf(given, input, policy)).toEqual(expected);
  });
}

/** The first attempt at T-1, which eng-1 works on in `heldState`. */
export const firstAttempt = { task: taskId('T-1'), attempt: 1 } as const;
export const heldState = state({
  agents: [agent('eng-1', { session: 'eng-1-7', model: 'a-model' })],
  tasks: [task('T-1', heldBy('eng-1'))],
});
