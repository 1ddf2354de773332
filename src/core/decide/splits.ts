import type { AgentId } from '../ids.ts';
import { splitPartsMin } from '../limits.ts';
import { partsOf } from '../plan/split.ts';
import type { Task } from '../task.ts';
import { atWork } from './escalations.ts';
import type { Facts } from './facts.ts';

/** Asks the architect for parts of a task. Answers false where there is none. */
export function askForSplit(facts: Facts, task: Task, why: string, text: string): boolean {
  const architect = atWork(facts.state, 'architect');
  if (architect === undefined) return false;
  const { id, assignee } = task;
  const deadline = facts.at + facts.policy.architectTimeoutMs;
  const asked = { task: id, to: 'architect', from: assignee, why, deadline } as const;
  facts.emit({ type: 'task.escalated', ...asked });
  const now = facts.task(id);
  facts.send({ kind: 'split', to: architect.id, task: now, text });
  return true;
}

/** The parts take the place of the whole. Answers false when there are too few to call it split. */
export function endSplit(facts: Facts, { id }: Task, by: AgentId | 'person'): boolean {
  const into = partsOf(facts.state, id).map(part => part.id);
  if (into.length < splitPartsMin) return false;
  facts.emit({ type: 'task.split', task: id, by, into });
  return true;
}

/** The whole is worked on after all: parts that nobody has begun would be the same work twice. */
export function forgetParts(facts: Facts, whole: Task): void {
  if (whole.escalation === null || whole.splitRequests === 0) return;
  for (const { id, column, attempt } of partsOf(facts.state, whole.id)) {
    if (column === 'done' || attempt > 0) continue;
    const why = `${whole.id}, of which it is a part, is not split after all`;
    facts.emit({ type: 'task.dropped', task: id, by: 'person', why });
  }
}
