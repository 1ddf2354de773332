import { spentSinceOutcome } from '../../core/outcome.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';

/** Dollars that whoever holds the task has spent on it; null where nobody does or its CLI does not tell. */
export function taskCost(task: Task, { agents }: State): number | null {
  const agent = task.assignee ? agents[task.assignee] : undefined;
  return agent?.task === task.id ? spentSinceOutcome(agent) : null;
}

/** `$1.25`, `$104`: at most six columns. */
export const dollars = (sum: number): string => `$${sum < 100 ? sum.toFixed(2) : Math.round(sum)}`;
