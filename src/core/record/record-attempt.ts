import type { Agent } from '../agent.ts';
import { withTask } from '../apply/patch.ts';
import type { Event } from '../event.ts';
import type { TaskId } from '../ids.ts';
import { recordedGateRunsMax } from '../limits.ts';
import type { State } from '../state.ts';
import type { Attempt } from '../task.ts';
import { type AttemptRecord, emptyRecord, type GateRecord, type Maker } from './attempt-record.ts';

/** Writes what a fact tells of the newest attempt into its record, before anything else becomes of the attempt. */
export function recordAttempt(state: State, event: Event): State {
  const id = taskOf(state, event);
  const task = id === null ? undefined : state.tasks[id];
  const last = task?.attempts.at(-1);
  if (task === undefined || last === undefined || last.end !== null) return state;
  const before = last.record ?? emptyRecord;
  const record = withFact(before, last, event, state);
  if (record === before) return state;
  return withTask(state, task.id, {
    attempts: [...task.attempts.slice(0, -1), { ...last, record }],
  });
}

/** The trunk is checked for the sake of the attempt in the slot, and its event does not name it. */
function taskOf({ landing }: State, event: Event): TaskId | null {
  if (event.type === 'trunk.checked') return landing?.task ?? null;
  return 'task' in event ? event.task : null;
}

function withFact(
  record: AttemptRecord,
  attempt: Attempt,
  event: Event,
  { agents }: State,
): AttemptRecord {
  const signed = { ...record, maker: record.maker ?? makerOf(agents[attempt.agent]) };
  switch (event.type) {
    case 'attempt.submitted':
      return { ...signed, head: event.head };
    case 'candidate.built': {
      const { base, head, commit, tree } = event.candidate;
      return { ...record, candidate: { base, head, commit, tree } };
    }
    case 'gate.started':
      return withRun(record, event);
    // A second red run has no fact of its own: the next run, or the end of the attempt, tells it.
    case 'gate.passed':
    case 'gate.failed': {
      const { durationMs, command = null } = event;
      const result = event.type === 'gate.passed' ? 'green' : 'red';
      return closed(record, event.at, { result, durationMs, command });
    }
    case 'trunk.checked': {
      const { green, command = null } = event;
      return closed(record, event.at, { result: green ? 'green' : 'red', command });
    }
    case 'gate.faulted':
    case 'landing.restarted':
    case 'landing.abandoned':
      return closed(record, event.at, { result: 'none' });
    case 'attempt.failed': {
      const result = event.reason === 'gate' ? 'red' : 'none';
      return closed(signed, event.at, { result });
    }
    case 'attempt.collided':
      return closed(signed, event.at, { result: 'green' });
    case 'attempt.conflicted':
    case 'attempt.sentBack':
    case 'attempt.withdrawn':
    case 'task.reassigned':
    case 'landing.finished':
    case 'task.escalated':
    case 'task.dropped':
      return closed(signed, event.at, { result: 'none' });
    default:
      return record;
  }
}

const makerOf = (agent: Agent | undefined): Maker | null =>
  agent === undefined
    ? null
    : { cli: agent.cli, session: agent.session, model: agent.model ?? null };

function withRun(
  record: AttemptRecord,
  { run, subject, at }: Extract<Event, { type: 'gate.started' }>,
): AttemptRecord {
  const { gates } = closed(record, at, { result: 'red' });
  const started: GateRecord = {
    ...{ run, subject, startedAt: at },
    ...{ result: null, durationMs: null, command: null },
  };
  return { ...record, gates: [...gates, started].slice(-recordedGateRunsMax) };
}

/** The run under way, if there is one, is over. */
function closed(
  record: AttemptRecord,
  at: number,
  told: Pick<GateRecord, 'result'> & Partial<GateRecord>,
): AttemptRecord {
  const last = record.gates.at(-1);
  if (last === undefined || last.result !== null) return record;
  const over = { ...last, durationMs: at - last.startedAt, ...told };
  return { ...record, gates: [...record.gates.slice(0, -1), over] };
}
