import { remember } from '../lib/remember.ts';
import type { Agent } from './agent.ts';
import { type Instant, type TaskId, taskNumber } from './ids.ts';
import { isDraft } from './plan/draft.ts';
import { overlapOf } from './plan/overlap.ts';
import { trifleKept } from './plan/trifles.ts';
import type { State } from './state.ts';
import { type Column, priorities, type Task } from './task.ts';

const rank = (task: Task) => priorities.indexOf(task.priority);

/** Priority first, then age. */
export const byUrgency = (a: Task, b: Task): number =>
  rank(b) - rank(a) || taskNumber(a.id) - taskNumber(b.id);

/** Tasks of a column in the order in which they are worked on; done: newest first. */
export function tasksIn(state: State, column: Column): readonly Task[] {
  const tasks = Object.values(state.tasks).filter(task => task.column === column);
  return column === 'done' ? tasks.sort((a, b) => b.since - a.since) : tasks.sort(byUrgency);
}

/** Tasks that an engineer holds. */
export const inFlight = (state: State): readonly Task[] => heldIn(state.tasks);

/** Asked about each waiting task in turn, while none of them has changed. */
const heldIn = remember((tasks: State['tasks']) =>
  Object.values(tasks).filter(task => task.assignee !== null),
);

/** Running, at liberty and without a task. */
export const isFree = (agent: Agent): boolean =>
  agent.role === 'engineer' &&
  agent.task === null &&
  !agent.paused &&
  !agent.stopped &&
  (agent.status === 'idle' || agent.status === 'starting' || agent.status === 'exhausted');

/** The land command was given: nothing but its answer can stop it. */
export const isLandingNow = (state: State, id: TaskId): boolean =>
  state.landing?.task === id && state.landing.isCleared;

/** A reassigned task goes to nobody who failed it, as long as there is another who could have it. */
export const isForAnother = (state: State, { reassignments, failedBy }: Task): boolean =>
  reassignments > 0 &&
  failedBy.length > 0 &&
  Object.values(state.agents).some(
    one => one.role === 'engineer' && !one.stopped && !one.paused && !failedBy.includes(one.id),
  );

/** Landed, or done before Belfry knew it. What was dropped is done, but nobody can build on it. */
export const isMet = (state: State, id: TaskId): boolean =>
  endsOf(state, id).every(
    end => state.tasks[end]?.column === 'done' && state.tasks[end].dropped === null,
  );

/** Of a task that was split, its parts; parts have higher numbers, so that this ends. */
const endsOf = (state: State, id: TaskId): readonly TaskId[] => {
  const parts = state.tasks[id]?.splitInto ?? [];
  return parts.length === 0 ? [id] : parts.flatMap(part => endsOf(state, part));
};

/** What a task waits for, other than what somebody decided that it does without. */
export function unmetDependencies(state: State, task: Task): readonly TaskId[] {
  const ends = task.dependsOn.flatMap(id => endsOf(state, id));
  return ends.filter(id => !isMet(state, id) && !task.goesWithout?.includes(id));
}

/** What a task waits for and will never get. */
export const deadDependencies = (state: State, task: Task): readonly TaskId[] =>
  unmetDependencies(state, task).filter(id => (state.tasks[id]?.dropped ?? null) !== null);

/** In words, why a task that nobody holds waits; null when nothing keeps it but a free engineer. */
export function keptBy(state: State, task: Task, now: Instant = state.at): string | null {
  if (task.escalation !== null) {
    const { to, why } = task.escalation;
    return `waits for ${to === 'person' ? 'you' : `the ${to}`}: ${why}`;
  }
  if (task.paused) return 'paused';
  if (state.teamPaused) return 'the team is paused';
  const whole = task.splits === undefined ? undefined : state.tasks[task.splits];
  if (whole?.escalation?.to === 'architect')
    return `waits until the architect has added every part of ${whole.id}`;
  const unmet = unmetDependencies(state, task);
  if (unmet.length > 0) return `waits for ${unmet.join(', ')}`;
  for (const other of inFlight(state)) {
    const path = overlapOf(task.files, other.files);
    if (path !== null) return `waits: overlaps ${other.id} in ${path}`;
  }
  return trifleKept(state, task, now);
}

/** One line for the person: why the task is where it is. */
export function whyWaiting(state: State, task: Task): string {
  if (isDraft(task)) return 'a draft: waits for you to accept the plan';
  if (task.column === 'backlog' && !task.planned) return 'in the backlog: not planned yet';
  if (task.column !== 'ready' && task.column !== 'backlog') return task.why;
  const kept = keptBy(state, task);
  if (kept !== null) return kept;
  if (task.reservedFor !== null) return `waits for ${task.reservedFor}`;
  return isForAnother(state, task)
    ? `waits for another than ${task.failedBy.join(', ')}`
    : 'waits for a free engineer';
}
