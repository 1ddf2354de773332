import { type TaskId, taskNumber } from '../ids.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import { criticalPath, type PlanShape, shapeOf } from './critical-path.ts';
import type { Finding } from './finding.ts';
import { createPlan, type Plan, planTasksOf } from './plan.ts';
import { noFacts } from './plan-facts.ts';

/** What an agent planned and nobody has decided about yet. What was put back by hand is no draft any more. */
export const isDraft = (task: Task): boolean =>
  task.column === 'backlog' &&
  !task.planned &&
  task.addedBy !== 'person' &&
  task.since === task.addedAt;

export type DraftTask = {
  readonly task: Task;
  /** Tree of what waits for what: below its first dependency in the draft, 0 at the top. */
  readonly depth: number;
  /** What else it waits for. */
  readonly alsoAfter: readonly TaskId[];
};

/** The draft as a tree, each task once, the oldest first. What waits in a circle stands at the end. */
export function draftOf(state: State): readonly DraftTask[] {
  const tasks = Object.values(state.tasks)
    .filter(isDraft)
    .sort((one, other) => taskNumber(one.id) - taskNumber(other.id));
  const ids = new Set(tasks.map(({ id }) => id));
  const parentOf = (task: Task) => task.dependsOn.find(id => ids.has(id)) ?? null;
  const rows: DraftTask[] = [];
  const placed = new Set<TaskId>();
  const place = (task: Task, depth: number): void => {
    if (placed.has(task.id)) return;
    placed.add(task.id);
    const parent = parentOf(task);
    const alsoAfter = task.dependsOn.filter(id => id !== parent || depth === 0);
    rows.push({ task, depth, alsoAfter });
    for (const child of tasks) if (parentOf(child) === task.id) place(child, depth + 1);
  };
  for (const task of tasks) if (parentOf(task) === null) place(task, 0);
  for (const task of tasks) place(task, 0);
  return rows;
}

/** How long the draft takes, and what a team gains and costs over one engineer. */
export const draftShape = (state: State): PlanShape => shapeOf(draftPlan(state));

/** What is to be said of the draft as a whole, not of one of its tasks. */
export const draftFindings = (state: State): readonly Finding[] => criticalPath(draftPlan(state));

function draftPlan(state: State): Plan {
  const ids = new Set(draftOf(state).map(({ task }) => task.id));
  const tasks = planTasksOf(state).filter(({ id }) => id !== null && ids.has(id));
  return createPlan(tasks, noFacts, engineersOf(state));
}

export const engineersOf = (state: State): number =>
  Object.values(state.agents).filter(({ role, stopped }) => role === 'engineer' && !stopped).length;
