import { fileWords } from '../briefing/page-words.ts';
import { type FailedTry, findSpin } from '../failure/find-spin.ts';
import type { AgentId, Oid } from '../ids.ts';
import type { ObservationOf } from '../input.ts';
import { conflictsMax, exhaustionsMax } from '../limits.ts';
import { splitBound } from '../plan/split.ts';
import type { RecordedFiles } from '../record/candidate.ts';
import type { FailureReason, Task } from '../task.ts';
import { escalate } from './escalations.ts';
import type { Facts } from './facts.ts';
import { withdrawFrom } from './run.ts';
import { askForSplit } from './splits.ts';

export function submit(
  facts: Facts,
  task: Task,
  head: Oid,
  summary: string,
  claimed: boolean,
): void {
  const { id, attempt } = task;
  facts.emit({ type: 'attempt.submitted', task: id, attempt, head, summary, claimed });
}

/** An agent that stopped without a claim is judged by what it committed. */
export function judgeWork(facts: Facts, seen: ObservationOf<'work.inspected'>): void {
  const task = facts.attempt(seen.task, seen.attempt, 'doing');
  if (task === null || task.assignee === null) return;
  const agent = facts.state.agents[task.assignee];
  // It may have begun to work again while git was asked.
  if (!agent?.nudged || agent.status !== 'idle') return;
  if (seen.commits > 0) return submit(facts, task, seen.head, 'stopped without a claim', false);
  fail(facts, task, 'nothing-committed', 'The attempt ended without a commit and without a claim.');
}

/** A failure that the agent caused: a retry while there are retries, then somebody else decides. */
export function fail(facts: Facts, task: Task, reason: FailureReason, excerpt: string): void {
  const { id, attempt, assignee } = task;
  facts.emit({ type: 'attempt.failed', task: id, attempt, reason, excerpt });
  if (assignee === null) return;
  if (giveBack(facts, task)) return;
  const spin = reason === 'gate' ? findSpin(triesOf(facts.task(id))) : null;
  if (spin !== null) return escalate(facts, facts.task(id), spin.why);
  if (task.retries >= facts.policy.retriesMax) {
    const last = reason === 'gate' ? 'the gate was red again' : reason;
    return escalate(facts, facts.task(id), `${task.retries} retries failed: ${last}`);
  }
  // The same session that failed twice tends to fail a third time in the same way.
  const isLast = task.retries + 1 >= facts.policy.retriesMax && facts.policy.retriesMax > 1;
  const freshSession = isLast || reason === 'stalled';
  facts.emit({
    type: 'attempt.started',
    task: id,
    attempt: attempt + 1,
    isRetry: true,
    freshSession,
  });
  facts.send({ kind: 'failure', to: assignee, task: facts.task(id), freshSession });
}

/** What the gate said to this engineer about this task, since it was last given to it. */
function triesOf(task: Task): readonly FailedTry[] {
  const failed = task.attempts.flatMap(({ end }) => (end?.kind === 'failed' ? end : []));
  return failed
    .slice(-(task.retries + 1))
    .filter(({ reason }) => reason === 'gate')
    .map(({ excerpt, retouched = null, waitsOnly = false }) => ({ excerpt, retouched, waitsOnly }));
}

/** An engineer that was stopped while its work was at the gate makes no further attempt. */
export function giveBack(facts: Facts, { id, assignee }: Task): boolean {
  if (assignee === null || !facts.state.agents[assignee]?.stopped) return false;
  withdrawFrom(facts, id, `${assignee} was stopped`);
  return true;
}

/** The trunk moved into the same lines: nobody's failure, but not without a bound. */
export function conflict(facts: Facts, task: Task, seen: RecordedFiles): void {
  const { id, attempt, assignee } = task;
  const { files, filesOmitted = 0 } = seen;
  const omitted = filesOmitted === 0 ? {} : { filesOmitted };
  facts.emit({ type: 'attempt.conflicted', task: id, attempt, files, ...omitted });
  if (assignee === null) return;
  if (giveBack(facts, task)) return;
  if (task.conflicts + 1 >= conflictsMax)
    return escalate(facts, facts.task(id), `second conflict, in ${fileWords(files, filesOmitted)}`);
  startAgain(facts, task, assignee, 'conflict');
}

/** The same engineer goes on with the task in its session, and nobody is charged. */
export function startAgain(
  facts: Facts,
  { id, attempt }: Task,
  engineer: AgentId,
  kind: 'conflict' | 'review' | 'failure',
): void {
  const again = { task: id, attempt: attempt + 1, isRetry: false, freshSession: false };
  facts.emit({ type: 'attempt.started', ...again });
  facts.send({ kind, to: engineer, task: facts.task(id) });
}

/** The person wants it otherwise: nobody's failure. Bounded by the person, who looks each time. */
export function sendBack(facts: Facts, task: Task, text: string): void {
  const { id, attempt, assignee } = task;
  facts.emit({ type: 'attempt.sentBack', task: id, attempt, text });
  if (assignee === null || giveBack(facts, task)) return;
  startAgain(facts, task, assignee, 'review');
}

/** A full context: the same attempt goes on in a fresh session, once. */
export function handOver(facts: Facts, task: Task, why: string): void {
  const { id, attempt, assignee } = task;
  const agent = assignee === null ? undefined : facts.state.agents[assignee];
  // A hand-over is under way already: the reports of the old session keep coming for a moment.
  if (agent === undefined || agent.status === 'starting' || agent.messagesInSession === 0) return;
  facts.emit({ type: 'attempt.handedOver', task: id, attempt, agent: agent.id, why });
  const now = facts.task(id);
  if (now.exhaustions >= exhaustionsMax) return splitOrEscalate(facts, now);
  facts.send({ kind: 'handoff', to: agent.id, task: now, freshSession: true });
  facts.launch(agent.id, true);
}

/** What fills two windows is too broad for one engineer, whoever it is. */
function splitOrEscalate(facts: Facts, task: Task): void {
  const why = 'too broad for one context window: split it per module';
  const text = 'It has filled two context windows. Split it per module.';
  const isBound = splitBound(facts.state, task) !== null;
  if (isBound || !askForSplit(facts, task, why, text)) escalate(facts, task, why);
}
