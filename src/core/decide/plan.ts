import type { Input } from '../input.ts';
import { signatureNotice } from '../radar.ts';
import type { Facts } from './facts.ts';

/** What was found out about plans and branches, beside the work on them. */
export function takePlan(facts: Facts, input: Input): void {
  if (input.type === 'plan.linted' && input.findings.length > 0) {
    const { task, findings } = input;
    if (facts.state.tasks[task] !== undefined) facts.emit({ type: 'task.linted', task, findings });
  }
  if (input.type !== 'signatures.changed') return;
  const task = facts.state.tasks[input.task];
  // At the gate the merge result tells, and better.
  if (task?.column !== 'doing' || task.assignee === null) return;
  const text = signatureNotice(input.by, input.changes);
  facts.send({ kind: 'note', to: task.assignee, task, text });
}
