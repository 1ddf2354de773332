import { assertNever } from '../../lib/assert.ts';
import { unmetDependencies } from '../board.ts';
import type { TaskId } from '../ids.ts';
import type { ObservationOf } from '../input.ts';
import { isNoticeOf, signatureNotice } from '../radar.ts';
import type { Facts } from './facts.ts';

/** What was found out about plans and branches, beside the work on them. */
export function takePlan(
  facts: Facts,
  input: ObservationOf<'plan.linted' | 'batch.failed' | 'signatures.changed'>,
): void {
  switch (input.type) {
    case 'plan.linted':
      return takeFindings(facts, input);
    case 'batch.failed':
      if (facts.state.plan.batch !== null) facts.emit({ type: 'batch.failed', why: input.why });
      return;
    case 'signatures.changed':
      return tellChanges(facts, input);
    default:
      return assertNever(input);
  }
}

function takeFindings(facts: Facts, { task, findings }: ObservationOf<'plan.linted'>): void {
  const known = facts.state.plan.findings[task] ?? [];
  const isNew = JSON.stringify(known) !== JSON.stringify(findings);
  if (isNew && facts.state.tasks[task] !== undefined)
    facts.emit({ type: 'task.linted', task, findings });
}

function tellChanges(facts: Facts, input: ObservationOf<'signatures.changed'>): void {
  const task = facts.state.tasks[input.task];
  // At the gate the merge result tells, and better.
  if (task?.column !== 'doing' || task.assignee === null) return;
  // It is looked for again after a restart, since nobody knows what was told before a crash.
  const isTold = facts.state.messages.some(
    one => one.to === task.assignee && one.task === task.id && isNoticeOf(input.by, one.text),
  );
  if (isTold) return;
  const text = signatureNotice(input.by, input.changes);
  facts.send({ kind: 'note', to: task.assignee, task, text });
}

/** What waits for another stays in the backlog until that has landed, as it would without a review. */
export function acceptPlan(facts: Facts, tasks: readonly TaskId[]): void {
  for (const id of tasks) {
    const task = facts.state.tasks[id];
    if (task === undefined) continue;
    const isOpen = unmetDependencies(facts.state, task).length > 0;
    const type = isOpen ? 'task.planned' : 'task.readied';
    facts.emit({ type, task: id, why: 'its plan was accepted' });
  }
}

/** The architect gets a goal again, so that an answer in words only does not go unnoticed. */
export function sendPlanBack(facts: Facts, tasks: readonly TaskId[], text: string): void {
  const named = tasks.map(id => `${id} (${facts.state.tasks[id]?.title ?? ''})`).join(', ');
  const authors = new Set(tasks.flatMap(id => facts.state.tasks[id]?.addedBy ?? []));
  for (const task of tasks)
    facts.emit({ type: 'task.dropped', task, by: 'person', why: `sent back: ${text}` });
  for (const to of authors) {
    if (to === 'person' || facts.state.agents[to] === undefined) continue;
    const words = `Your plan is sent back, and these tasks are taken from the board: ${named}. Plan them again, with this in mind:\n\n${text}`;
    facts.send({ kind: 'goal', from: 'person', to, text: words });
  }
}
