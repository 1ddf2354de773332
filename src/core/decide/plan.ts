import type { Input } from '../input.ts';
import type { Facts } from './facts.ts';

/** What the lint said about a task that was let onto the board. */
export function takePlan(facts: Facts, input: Input): void {
  if (input.type !== 'plan.linted' || input.findings.length === 0) return;
  const { task, findings } = input;
  if (facts.state.tasks[task] !== undefined) facts.emit({ type: 'task.linted', task, findings });
}
