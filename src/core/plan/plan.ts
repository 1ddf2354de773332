import { remember } from '../../lib/remember.ts';
import { type AgentId, type TaskId, taskNumber } from '../ids.ts';
import type { State } from '../state.ts';
import type { TaskContent } from '../task.ts';
import { assumedWindow, type EngineerWindow } from './engineer-window.ts';
import type { PlanFacts } from './plan-facts.ts';
import { createScope } from './scope.ts';

/** A task as the lint sees it. */
export type PlanTask = TaskContent & {
  /** Null while it is being added. */
  readonly id: TaskId | null;
  readonly by: AgentId | 'person';
  /** What is split or being split is nobody's work: its parts are. */
  readonly standing: 'open' | 'landed' | 'dropped' | 'split';
};

/** Everything a rule may look at. */
export type Plan = {
  readonly tasks: readonly PlanTask[];
  readonly open: readonly PlanTask[];
  readonly byId: ReadonlyMap<TaskId, PlanTask>;
  readonly facts: PlanFacts;
  readonly engineers: number;
  readonly window: EngineerWindow;
  /** Files of the trunk that a task declares, globs and folders expanded. */
  filesOf(task: PlanTask): readonly string[];
  /** The same for one pattern. */
  expand(pattern: string): readonly string[];
  /** Whether one waits for the other, over any number of tasks between. */
  isOrdered(one: PlanTask, other: PlanTask): boolean;
  /** Everything it waits for, directly or not. */
  ancestorsOf(task: PlanTask): ReadonlySet<TaskId>;
};

/** A rule is made for a plan, then looks at a task and at those that it is to be compared with. */
export type Rule = (plan: Plan) => Check;
export type Check = (subject: PlanTask, others: readonly PlanTask[]) => RuleAnswer[];
export type RuleAnswer = {
  readonly severity: 'error' | 'warning';
  readonly other?: TaskId | null;
  readonly reason: string;
  readonly remedy: string;
};

export function createPlan(
  tasks: readonly PlanTask[],
  facts: PlanFacts,
  engineers: number,
  window = assumedWindow,
): Plan {
  const byId = new Map(tasks.flatMap(task => (task.id === null ? [] : [[task.id, task] as const])));
  const partsOf = partsByWhole(tasks);
  const ancestorsOf = remember((task: PlanTask): ReadonlySet<TaskId> => {
    const found = new Set<TaskId>();
    const ahead = [...task.dependsOn];
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      // Whoever waits for a task that is split waits for its parts.
      ahead.push(...(byId.get(id)?.dependsOn ?? []), ...(partsOf.get(id) ?? []));
    }
    return found;
  });
  const isBehind = (one: PlanTask, other: PlanTask) =>
    other.id !== null && ancestorsOf(one).has(other.id);
  const scope = createScope(facts.files);
  return {
    tasks,
    byId,
    facts,
    engineers,
    window,
    ancestorsOf,
    open: tasks.filter(task => task.standing === 'open'),
    filesOf: remember(task => scope(task.files)),
    expand: pattern => scope([pattern]),
    isOrdered: (one, other) => isBehind(one, other) || isBehind(other, one),
  };
}

/** The board as a plan, oldest task first. */
export function planTasksOf(state: State): readonly PlanTask[] {
  return Object.values(state.tasks)
    .map(planTaskOf)
    .sort((a, b) => taskNumber(a.id as TaskId) - taskNumber(b.id as TaskId));
}

/** The same task is the same to whoever remembers something about it. */
const planTaskOf = remember(
  (task: State['tasks'][TaskId]): PlanTask => ({
    ...task,
    ...{ by: task.addedBy, standing: standingOf(task) },
  }),
);

const standingOf = (task: State['tasks'][TaskId]) =>
  task.dropped !== null
    ? 'dropped'
    : task.splitInto.length > 0 || task.escalation?.to === 'architect'
      ? 'split'
      : task.column === 'done'
        ? 'landed'
        : 'open';

function partsByWhole(tasks: readonly PlanTask[]): ReadonlyMap<TaskId, readonly TaskId[]> {
  const parts = new Map<TaskId, readonly TaskId[]>();
  for (const { id, splits, standing } of tasks)
    if (id !== null && splits !== undefined && standing !== 'dropped')
      parts.set(splits, [...(parts.get(splits) ?? []), id]);
  return parts;
}

/** How a sentence names a task. */
export const nameOf = (task: PlanTask): string => task.id ?? 'it';
