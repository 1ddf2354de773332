import type { TaskId } from '../ids.ts';
import { criticalShareMax, sideBySideShare, unestimatedMinutes } from '../limits.ts';
import type { Finding } from './finding.ts';
import type { Plan, PlanTask } from './plan.ts';

export type PlanShape = {
  readonly tasks: number;
  /** Estimated minutes of all open tasks together. */
  readonly totalMinutes: number;
  /** Minutes of the longest chain: no team is faster. */
  readonly pathMinutes: number;
  readonly path: readonly TaskId[];
  /** What this team can gain at most over one engineer, 1 or more. */
  readonly speedUp: number;
  /** What it then costs against one engineer, 1 or more: an estimate. */
  readonly costRatio: number;
};

/** How long the open tasks take in a row, and how long the longest chain of them is. */
export function shapeOf(plan: Plan): PlanShape {
  const paths = new Map<PlanTask, { minutes: number; tasks: readonly PlanTask[] }>();
  const pathTo = (task: PlanTask, below: ReadonlySet<PlanTask>): number => {
    const known = paths.get(task);
    if (known !== undefined) return known.minutes;
    // A circle has no longest chain; another rule names it.
    if (below.has(task)) return 0;
    const inside = new Set([...below, task]);
    let [longest, before] = [0, [] as readonly PlanTask[]];
    for (const id of task.dependsOn) {
      const one = plan.byId.get(id);
      if (one === undefined || one.standing !== 'open') continue;
      const minutes = pathTo(one, inside);
      if (minutes > longest) [longest, before] = [minutes, paths.get(one)?.tasks ?? []];
    }
    const minutes = longest + minutesOf(task);
    paths.set(task, { minutes, tasks: [...before, task] });
    return minutes;
  };
  for (const task of plan.open) pathTo(task, new Set());
  const longest = [...paths.values()].reduce(
    (best, one) => (one.minutes > best.minutes ? one : best),
    {
      minutes: 0,
      tasks: [],
    },
  );
  const totalMinutes = plan.open.reduce((sum, task) => sum + minutesOf(task), 0);
  const pathMinutes = longest.minutes;
  const fastest = Math.max(pathMinutes, totalMinutes / Math.max(1, plan.engineers));
  const speedUp = fastest === 0 ? 1 : totalMinutes / fastest;
  return {
    tasks: plan.open.length,
    totalMinutes,
    pathMinutes,
    path: longest.tasks.flatMap(task => task.id ?? []),
    speedUp,
    costRatio: costRatioOf(speedUp),
  };
}

/** What work costs against doing it in a row, when it is done `speedUp` times as fast side by side. */
export const costRatioOf = (speedUp: number): number => 1 + sideBySideShare * (1 - 1 / speedUp);

const minutesOf = (task: PlanTask) => task.estimateMinutes ?? unestimatedMinutes;

/** Fewer tasks say nothing about a team. */
const tasksMin = 3;

/** Work that must go one after the other is done cheaper by one engineer. */
export function criticalPath(plan: Plan): readonly Finding[] {
  const { tasks, totalMinutes, pathMinutes, path, speedUp } = shapeOf(plan);
  if (tasks < tasksMin || plan.engineers < 2) return [];
  if (pathMinutes <= totalMinutes * criticalShareMax) return [];
  const share = Math.round((pathMinutes / totalMinutes) * 100);
  return [
    {
      rule: 'critical-path',
      severity: 'warning',
      task: null,
      other: null,
      reason: `${path.join(' → ')} is ${share} % of all work: ${plan.engineers} engineers gain ${speedUp.toFixed(1)}×`,
      remedy:
        'let one engineer do it, or cut the chain: a first task with the interface, the rest beside it',
    },
  ];
}
