import { spentSinceOutcome } from '../../../core/outcome.ts';
import type { State } from '../../../core/state.ts';
import type { Task } from '../../../core/task.ts';

/** Dollars that whoever holds the task has spent on it; null where nobody does or its CLI does not tell. */
export function taskCost(task: Task, { agents }: State): number | null {
  const agent = task.assignee ? agents[task.assignee] : undefined;
  return agent?.task === task.id ? spentSinceOutcome(agent) : null;
}

/** What all agents have cost, as far as their CLIs tell; null where none does. */
export function knownCost({ agents }: State): {
  readonly sum: number | null;
  readonly isPartial: boolean;
} {
  const costs = Object.values(agents).map(agent => agent.costUsd);
  const known = costs.filter(cost => cost !== null);
  const sum = known.length === 0 ? null : known.reduce((total, cost) => total + cost, 0);
  return { sum, isPartial: known.length < costs.length };
}

/** `$1.25`, `$104`: at most six columns. */
export const dollars = (sum: number): string => `$${sum < 100 ? sum.toFixed(2) : Math.round(sum)}`;
