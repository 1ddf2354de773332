import type { Event, EventOf } from '../event.ts';
import { fingerprintOf } from '../failure/fingerprint.ts';
import type { AgentId, TaskId } from '../ids.ts';
import type { State } from '../state.ts';
import type { Attempt, AttemptEnd, Task } from '../task.ts';
import { countedAfresh } from '../usage/outcome.ts';
import { counted, ended, released, unasked, withAgent, withTask } from './patch.ts';
import { newEffort } from './time-effort.ts';

/** What a fact about an attempt makes true; null when it is about something else. */
export function applyToAttempt(state: State, task: Task, event: Event): State | null {
  const { id } = task;
  switch (event.type) {
    case 'task.assigned':
      return assigned(state, task, event);
    case 'attempt.started': {
      const retries = task.retries + (event.isRetry ? 1 : 0);
      const attempts = [
        ...task.attempts,
        newAttempt(state, task.assignee as AgentId, event.attempt, event.at),
      ];
      const isSentBack = task.attempts.at(-1)?.end?.kind === 'sentBack';
      const again = isSentBack ? 'again: you sent it back' : 'again: the trunk had moved';
      const why = event.isRetry ? `retry ${retries}: the gate was red` : again;
      const next = {
        attempt: event.attempt,
        retries,
        attempts,
        column: 'doing',
        gateStep: null,
      } as const;
      const fresh = withAgent(state, task.assignee as AgentId, { nudged: false, deadline: null });
      return withTask(fresh, id, { ...next, since: event.at, why });
    }
    case 'attempt.submitted': {
      const last = task.attempts.at(-1);
      const attempts =
        last === undefined
          ? task.attempts
          : [...task.attempts.slice(0, -1), submitted(last, event)];
      const queued = { ...state, landingQueue: [...state.landingQueue, id] };
      const why = event.claimed ? 'claimed done' : 'stopped with commits, judged by them';
      const waiting = withAgent(queued, task.assignee as AgentId, { deadline: null, restarts: 0 });
      return withTask(waiting, id, {
        attempts,
        ...unasked(state, id),
        column: 'gate',
        gateStep: 'queued',
        since: event.at,
        why,
      });
    }
    case 'attempt.failed':
      return failed(state, task, event);
    case 'attempt.conflicted': {
      const { files, filesOmitted } = event;
      const omitted = filesOmitted === undefined ? {} : { filesOmitted };
      const end: AttemptEnd = { kind: 'conflicted', files, ...omitted };
      const next = withTask(outOfSlot(state, id), id, ended(task, event.at, end));
      const more = withTask(next, id, { conflicts: task.conflicts + 1 });
      return counted(more, counters => ({ conflicts: counters.conflicts + 1 }));
    }
    case 'attempt.collided': {
      const { others, excerpt } = event;
      const end: AttemptEnd = { kind: 'collided', others, excerpt };
      const next = withTask(outOfSlot(state, id), id, ended(task, event.at, end));
      return counted(next, counters => ({ gateCatches: counters.gateCatches + 1 }));
    }
    case 'attempt.sentBack': {
      const { text } = event;
      const next = withTask(
        outOfSlot(state, id),
        id,
        ended(task, event.at, { kind: 'sentBack', text }),
      );
      const landingQueue = next.landingQueue.filter(queued => queued !== id);
      // Whoever goes on with it, should its engineer be stopped meanwhile, reads the words too.
      return withTask({ ...next, landingQueue }, id, { risks: [], guidance: text });
    }
    case 'attempt.withdrawn': {
      const end: AttemptEnd = { kind: 'withdrawn', why: event.why };
      const back = withTask(released(state, id), id, ended(task, event.at, end));
      return withTask(back, id, { column: 'ready', since: event.at, why: event.why });
    }
    default:
      return applyToSession(state, task, event);
  }
}

const submitted = (attempt: Attempt, event: EventOf<'attempt.submitted'>): Attempt => ({
  ...attempt,
  summary: event.summary,
  ...(event.claimed && { isClaimed: true }),
});

/** What happens to the session in which an attempt is made. */
function applyToSession(state: State, task: Task, event: Event): State | null {
  const { id } = task;
  switch (event.type) {
    case 'attempt.handedOver': {
      const last = task.attempts.at(-1);
      const attempts =
        last === undefined
          ? task.attempts
          : [...task.attempts.slice(0, -1), { ...last, sessions: last.sessions + 1 }];
      const next = withTask(state, id, {
        attempts,
        exhaustions: task.exhaustions + 1,
        why: event.why,
      });
      return counted(next, counters => ({ exhaustions: counters.exhaustions + 1 }));
    }
    case 'attempt.doubted':
      return withAgent(state, event.agent, { deadline: event.deadline });
    case 'attempt.nudged':
      return withAgent(state, event.agent, { nudged: true, deadline: null });
    default:
      return null;
  }
}

function failed(
  state: State,
  task: Task,
  event: EventOf<'attempt.failed'> & { at: number },
): State {
  const { id } = task;
  const { reason, excerpt } = event;
  const { retouched, waitsOnly } =
    (state.landing?.task === id ? state.landing.candidate : null) ?? {};
  const more = { ...(retouched && { retouched }), ...(waitsOnly && { waitsOnly }) };
  const end: AttemptEnd = { kind: 'failed', reason, excerpt, ...more };
  const counting = isFewer(task, event)
    ? withAgent(state, task.assignee as AgentId, countedAfresh(holderOf(state, task)))
    : state;
  const next = withTask(outOfSlot(counting, id), id, ended(task, event.at, end));
  return reason === 'gate'
    ? counted(next, counters => ({ gateCatches: counters.gateCatches + 1 }))
    : next;
}

const holderOf = (state: State, { assignee }: Task) =>
  assignee === null ? undefined : state.agents[assignee];

/** Fewer tests fail than after the try before: that is an outcome, if a small one. */
function isFewer({ attempts, assignee }: Task, event: EventOf<'attempt.failed'>): boolean {
  const before = attempts.findLast(({ end }) => end?.kind === 'failed' && end.reason === 'gate');
  if (event.reason !== 'gate' || assignee === null || before?.end?.kind !== 'failed') return false;
  const then = fingerprintOf(before.end.excerpt).count;
  const now = fingerprintOf(event.excerpt).count;
  return then !== null && now !== null && now < then;
}

function outOfSlot(state: State, id: TaskId): State {
  return state.landing?.task === id ? { ...state, landing: null } : state;
}

function assigned(
  state: State,
  task: Task,
  event: EventOf<'task.assigned'> & { at: number },
): State {
  const holds = withAgent(state, event.agent, { task: task.id, nudged: false, deadline: null });
  return withTask(holds, task.id, {
    ...{ column: 'doing', assignee: event.agent, reservedFor: null, attempt: event.attempt },
    ...{ since: event.at, why: event.why },
    attempts: [...task.attempts, newAttempt(state, event.agent, event.attempt, event.at)],
  });
}

const newAttempt = (state: State, agent: AgentId, number: number, at: number): Attempt => ({
  ...{ number, agent, startedAt: at, endedAt: null, end: null, summary: null, sessions: 1 },
  effort: newEffort(state),
});
