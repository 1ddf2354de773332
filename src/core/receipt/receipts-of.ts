import type { Event } from '../event.ts';
import type { Oid } from '../ids.ts';
import type { AttemptRecord, GateRecord } from '../record/attempt-record.ts';
import { gateRunName } from '../record/gate-run-name.ts';
import type { State } from '../state.ts';
import type { Attempt, AttemptEnd, Task } from '../task.ts';
import type { Receipt, Tested } from './receipt.ts';

/** What `receiptsOf` needs to know of the state before a fact. */
export type BeforeFact = Pick<State, 'landing' | 'tasks'>;

/** Of a state that a fold changes in place, what stays as it was before this fact. */
export function beforeFact(state: State, event: Event): BeforeFact {
  const named = namedBy(event, state);
  const task = named == null ? undefined : state.tasks[named];
  return { landing: state.landing, tasks: task === undefined ? {} : { [task.id]: task } };
}

const namedBy = (event: Event, { landing }: BeforeFact) =>
  'task' in event ? event.task : landing?.task;

/**
 * What a fact makes due: a receipt for each gate run and each attempt that it ended, and for a landing. A pure
 * fold of the journal, so that a crash between fact and receipt loses nothing. `fact`: its number, from 1. Whoever
 * verifies asks it again: what it makes due of a released version's facts must stay the same.
 */
export function receiptsOf(
  before: BeforeFact,
  event: Event,
  after: State,
  fact: number,
): readonly Receipt[] {
  const named = namedBy(event, before);
  const task = named == null ? undefined : after.tasks[named];
  if (task === undefined || task === before.tasks[task.id]) return [];
  const known = before.tasks[task.id]?.attempts ?? [];
  return task.attempts.flatMap((attempt, index) =>
    attempt === known[index] ? [] : ofAttempt(task, known[index], attempt, { event, fact }),
  );
}

function ofAttempt(
  task: Task,
  before: Attempt | undefined,
  attempt: Attempt,
  { event, fact }: { readonly event: Event; readonly fact: number },
): readonly Receipt[] {
  const { record, end, number, agent } = attempt;
  const about = {
    ...{ fact, at: event.at, task: task.id, attempt: number, agent },
    maker: record?.maker ?? null,
  };
  const receipts: Receipt[] = endedRuns(before?.record, record).map(run => ({
    ...{ ...about, kind: 'gate', run: run.run, subject: run.subject },
    result: run.result ?? 'none',
    ...{ durationMs: run.durationMs, command: commandOf(run, record?.gates ?? []) },
    log: gateRunName(task.id, number, run.run, run.subject),
    what: testedIn(run, record),
  }));
  if (end === null || (before?.end ?? null) !== null) return receipts;
  const merged: Tested = { base: null, commit: null, tree: null, ...record?.candidate, head: null };
  const head = record?.candidate?.head ?? record?.head ?? null;
  receipts.push({ ...about, kind: 'attempt', end: endWords(end), what: { ...merged, head } });
  if (end.kind === 'landed')
    receipts.push({ ...about, kind: 'landing', what: landedWith(end.commit, record) });
  return receipts;
}

/** A run may be closed by the fact that begins the next. */
function endedRuns(
  before: AttemptRecord | undefined,
  after: AttemptRecord | undefined,
): readonly GateRecord[] {
  const open = before?.gates.at(-1);
  if (open === undefined || open.result !== null) return [];
  const closed = after?.gates.find(
    ({ run, startedAt }) => run === open.run && startedAt === open.startedAt,
  );
  return closed === undefined || closed.result === null ? [] : [closed];
}

/** A second red run does not tell its command; the one before it on the same subject was given the same. */
function commandOf({ command, subject }: GateRecord, gates: readonly GateRecord[]): string | null {
  const isAlike = (one: GateRecord) => (one.subject === 'trunk') === (subject === 'trunk');
  return command ?? gates.findLast(one => one.command !== null && isAlike(one))?.command ?? null;
}

function testedIn({ subject }: GateRecord, record: AttemptRecord | undefined): Tested {
  const candidate = record?.candidate ?? null;
  if (candidate === null) return { base: null, head: null, commit: null, tree: null };
  const { base, head, commit, tree } = candidate;
  if (subject === 'candidate') return { base, head, commit, tree };
  return { base, head, commit: subject === 'trunk' ? base : head, tree: null };
}

/** What is recorded of the candidate counts only when it is the commit that landed. */
function landedWith(commit: Oid, record: AttemptRecord | undefined): Tested {
  const candidate = record?.candidate ?? null;
  if (candidate?.commit !== commit) return { base: null, head: null, commit, tree: null };
  const { base, head, tree } = candidate;
  return { base, head, commit, tree };
}

const endWords = (end: AttemptEnd): string =>
  end.kind === 'failed' ? `failed: ${end.reason}` : end.kind;
