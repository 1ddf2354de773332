import { deadDependencies } from '../board.ts';
import type { Event, EventOf } from '../event.ts';
import type { State } from '../state.ts';
import type { AttemptEnd, Task } from '../task.ts';
import { newAccount } from '../usage/budget.ts';
import { countedAfresh } from '../usage/outcome.ts';
import { applyToAttempt } from './apply-attempt.ts';
import { setOwnTask } from './own-tasks.ts';
import { counted, ended, released, withAgent, withTask } from './patch.ts';

/** What a fact about a task or an attempt makes true; null when it is about something else. */
export function applyToTask(state: State, event: Event): State | null {
  if (event.type === 'task.added') return added(state, event);
  if (!('task' in event) || event.task === null) return null;
  const task = state.tasks[event.task];
  if (task === undefined) return null;
  return applyToContent(state, task, event) ?? applyToAttempt(state, task, event);
}

function applyToContent(state: State, task: Task, event: Event): State | null {
  const { id } = task;
  switch (event.type) {
    case 'task.edited': {
      // What the file does not name any more is gone.
      const { splits: _splits, batches: _batches, ...rest } = task;
      const edited = { ...rest, ...event.content };
      return setOwnTask(state, edited) ?? { ...state, tasks: { ...state.tasks, [id]: edited } };
    }
    case 'task.planned':
    case 'task.readied': {
      const column = event.type === 'task.readied' ? 'ready' : 'backlog';
      const since = column === task.column ? task.since : event.at;
      return withTask(state, id, {
        column,
        planned: true,
        escalation: null,
        since,
        why: event.why,
      });
    }
    case 'task.shelved': {
      const end: AttemptEnd = { kind: 'withdrawn', why: event.why };
      const back = withTask(released(state, id), id, ended(task, event.at, end));
      return withTask(back, id, {
        ...decided(event.at, event.why),
        column: 'backlog',
        planned: false,
      });
    }
    case 'task.paused':
      return withTask(state, id, { paused: true });
    case 'task.resumed':
      return withTask(state, id, { paused: false });
    case 'task.refused':
      return withTask(state, id, { why: event.why });
    case 'task.dropped': {
      const end: AttemptEnd = { kind: 'withdrawn', why: event.why };
      const gone = withTask(released(state, id), id, ended(task, event.at, end));
      const dropped = {
        column: 'done',
        dropped: event.why,
        escalation: null,
        blocked: null,
      } as const;
      const next = withTask(gone, id, {
        ...dropped,
        since: event.at,
        why: `dropped: ${event.why}`,
      });
      return counted(next, counters => ({ dropped: counters.dropped + 1 }));
    }
    case 'task.returned': {
      const { column, planned, at: since } = event;
      const why = 'its file is there again';
      const back = withTask(state, id, { dropped: null, column, planned, since, why });
      return counted(back, counters => ({ dropped: counters.dropped - 1 }));
    }
    case 'task.split': {
      const gone = { column: 'done', escalation: null, blocked: null, since: event.at } as const;
      const why = `split into ${event.into.join(', ')}`;
      return withTask(released(state, id), id, { ...gone, splitInto: event.into, why });
    }
    case 'task.batched': {
      const gone = { column: 'done', escalation: null, blocked: null, since: event.at } as const;
      const why = `done together with others as ${event.into}`;
      return withTask(released(state, id), id, { ...gone, splitInto: [event.into], why });
    }
    case 'task.blocked':
      return withTask(state, id, { blocked: event.why });
    case 'task.escalated':
      return escalated(state, task, event);
    case 'task.guided': {
      const again = { reservedFor: task.failedBy.at(-1) ?? null, guidance: event.text };
      return withTask(state, id, {
        ...{ ...again, ...withoutDropped(state, task) },
        ...decided(event.at, `guided by ${event.by}`),
      });
    }
    case 'task.reassigned':
      return reassigned(state, task, event);
    default:
      return null;
  }
}

/** What a decision of the manager or the person clears: the task begins afresh. */
const decided = (at: number, why: string) =>
  ({
    escalation: null,
    blocked: null,
    retries: 0,
    conflicts: 0,
    exhaustions: 0,
    since: at,
    why,
  }) as const;

function reassigned(state: State, task: Task, event: EventOf<'task.reassigned'> & { at: number }) {
  const { id, failedBy: before } = task;
  const { from } = event;
  const end: AttemptEnd = { kind: 'withdrawn', why: 'reassigned' };
  const back = withTask(released(state, id), id, ended(task, event.at, end));
  const failedBy = from === null || before.includes(from) ? before : [...before, from];
  const next = withTask(back, id, {
    ...{ failedBy, reservedFor: event.to, guidance: event.text },
    ...{ reassignments: task.reassignments + 1, column: 'ready', planned: true },
    ...withoutDropped(state, task),
    ...decided(event.at, `reassigned by ${event.by}`),
  });
  return counted(next, counters => ({ reassigned: counters.reassigned + 1 }));
}

/** Whoever lets it go on knows what will never come. */
function withoutDropped(state: State, task: Task): Pick<Task, 'goesWithout'> {
  const dropped = deadDependencies(state, task);
  return dropped.length === 0 ? {} : { goesWithout: [...(task.goesWithout ?? []), ...dropped] };
}

function escalated(state: State, task: Task, event: EventOf<'task.escalated'> & { at: number }) {
  const end: AttemptEnd = { kind: 'withdrawn', why: event.why };
  const freed = withTask(released(state, task.id), task.id, ended(task, event.at, end));
  const { to, why, deadline, from, dead } = event;
  // Passing it on from the manager to the person is still the same escalation.
  const more = task.escalation === null ? 1 : 0;
  const isOwn = dead === undefined && (more === 1 || task.escalation?.dead !== undefined);
  const failedBy =
    from === null ? task.failedBy : [...task.failedBy.filter(one => one !== from), from];
  const counting =
    from === null ? freed : withAgent(freed, from, countedAfresh(freed.agents[from]));
  const next = withTask(counting, task.id, {
    ...{ column: 'ready', failedBy, since: event.at, why: `escalated: ${why}` },
    escalation: { to, why, since: event.at, deadline, ...(dead !== undefined && { dead }) },
    escalations: task.escalations + (isOwn ? 1 : 0),
    splitRequests: task.splitRequests + (to === 'architect' ? 1 : 0),
  });
  return counted(next, counters => ({ escalations: counters.escalations + more }));
}

function added(state: State, event: EventOf<'task.added'> & { at: number }): State {
  const task: Task = {
    ...event.content,
    id: event.task,
    column: event.column,
    planned: event.planned,
    since: event.at,
    addedAt: event.at,
    addedBy: event.by,
    ...{ assignee: null, reservedFor: null, attempt: 0, retries: 0, conflicts: 0, exhaustions: 0 },
    ...{
      escalations: 0,
      reassignments: 0,
      splitRequests: 0,
      splitInto: [],
      failedBy: [],
      attempts: [],
    },
    ...{ gateStep: null, risks: [] },
    ...{
      escalation: null,
      guidance: null,
      blocked: null,
      paused: false,
      dropped: null,
      landedAs: null,
    },
    account: newAccount,
    why: event.column === 'done' ? 'was done before' : `added by ${event.by}`,
  };
  return setOwnTask(state, task) ?? { ...state, tasks: { ...state.tasks, [task.id]: task } };
}
