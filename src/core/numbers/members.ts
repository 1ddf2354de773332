import type { Role } from '../agent.ts';
import type { AgentId, TaskId } from '../ids.ts';
import type { Task } from '../task.ts';
import { noUsage, type Usage, usedSince } from '../usage/usage.ts';
import type { Period } from './period.ts';
import { fateFor, isVerdict, type Spent, spentOn, type Tried } from './tried.ts';

export type MemberFigures = {
  readonly agent: AgentId;
  /** Null for one that has left the team. */
  readonly role: Role | null;
  readonly cli: string | null;
  readonly attempts: number;
  readonly landed: number;
  /** Attempts that were given back: by the gate, by git, by the person, or for want of work. */
  readonly givenBack: number;
  /** At tasks. */
  readonly ms: number;
  /** In all, also beside tasks; of one that has left, only at tasks. */
  readonly used: Usage;
  /** At tasks that are over and that it did not land; null for roles that land none. */
  readonly lost: Spent | null;
};

/** What each agent did and used, in the order in which they joined. */
export function membersOf({ from, to }: Period, tries: readonly Tried[]): readonly MemberFigures[] {
  const ids = new Set([
    ...Object.values(to.agents).map(({ id }) => id),
    ...tries.map(({ attempt }) => attempt.agent),
  ]);
  return [...ids].map(id => {
    const agent = to.agents[id];
    const own = tries.filter(({ attempt }) => attempt.agent === id);
    const lost = own.filter(({ task }) => fateFor(task, id) === 'lost');
    const landed = own.filter(({ end }) => end?.kind === 'landed').length;
    const spent = spentOn(own);
    return {
      ...{ agent: id, role: agent?.role ?? null, cli: agent?.cli ?? null },
      ...{ attempts: own.length, landed, ms: spent.ms },
      givenBack: own.filter(({ end }) => isVerdict(end)).length - landed,
      used: agent === undefined ? spent.used : usedSince(from.agents[id] ?? noUsage, agent),
      lost: agent !== undefined && agent.role !== 'engineer' ? null : spentOn(lost),
    };
  });
}

export type TaskFigures = {
  readonly task: TaskId;
  readonly title: string;
  readonly outcome: 'landed' | 'dropped' | 'replaced' | Task['column'];
  readonly agents: readonly AgentId[];
  readonly attempts: number;
  readonly gateCatches: number;
  readonly conflicts: number;
  /** Engineers at work on it, together. */
  readonly ms: number;
  readonly used: Usage;
  readonly estimateMinutes: number | null;
};

/** Every task that was worked on, or came to its end, within the period; in the order of the board. */
export function tasksOf({ from, to }: Period, tries: readonly Tried[]): readonly TaskFigures[] {
  const byTask = Map.groupBy(tries, ({ task }) => task.id);
  return Object.values(to.tasks).flatMap(task => {
    const own = byTask.get(task.id) ?? [];
    const wasEnded = from.tasks[task.id]?.column === 'done';
    const isEnded = !wasEnded && outcomeOf(task) !== task.column;
    return own.length === 0 && !isEnded ? [] : [taskFigures(task, own)];
  });
}

function taskFigures(task: Task, own: readonly Tried[]): TaskFigures {
  const ends = own.map(({ end }) => end);
  const isCatch = (end: (typeof ends)[number]) =>
    end?.kind === 'collided' || (end?.kind === 'failed' && end.reason === 'gate');
  return {
    ...{ task: task.id, title: task.title, outcome: outcomeOf(task) },
    agents: [...new Set(own.map(({ attempt }) => attempt.agent))],
    attempts: own.length,
    gateCatches: ends.filter(isCatch).length,
    conflicts: ends.filter(end => end?.kind === 'conflicted').length,
    ...spentOn(own),
    estimateMinutes: task.estimateMinutes,
  };
}

function outcomeOf({ column, landedAs, dropped, splitInto }: Task): TaskFigures['outcome'] {
  if (landedAs !== null) return 'landed';
  if (dropped !== null) return 'dropped';
  return splitInto.length > 0 ? 'replaced' : column;
}
