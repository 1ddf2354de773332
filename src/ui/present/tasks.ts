import type { TaskId } from '../../core/ids.ts';
import { taskNumber } from '../../core/ids.ts';
import { isDraft } from '../../core/plan/draft.ts';
import type { State } from '../../core/state.ts';
import { type Column, columns, type GateStep, priorities, type Task } from '../../core/task.ts';
import { taskFilter } from './facts/task-filter.ts';
import { type Span, span } from './line.ts';

/** `R1/2`: gate catches charged so far, of the retries that policy allows. */
export const retryBadge = (task: Task, retriesMax: number): string =>
  `R${task.retries}/${retriesMax}`;

/** Words and glyphs for whatever keeps a task from simply going on. */
export function taskFlags(task: Task): Span[] {
  const flags: Span[] = [];
  if (task.escalation?.to === 'person') flags.push(span('! escalated to you', 'alarm'));
  else if (task.escalation) flags.push(span('▲ escalated', 'warn'));
  if (task.blocked !== null) flags.push(span('⊘ blocked', 'warn'));
  if (task.account.overspent !== null) flags.push(span('$ over budget', 'alarm'));
  if (task.gateStep === 'review') flags.push(span('? review', 'warn'));
  if (isDraft(task)) flags.push(span('? draft', 'warn'));
  if (task.paused) flags.push(span('‖ paused', 'quiet'));
  if (task.dropped !== null) flags.push(span('× dropped', 'quiet'));
  if (task.splitInto.length > 0) flags.push(span(fateOf(task), 'quiet'));
  return flags;
}

/** Into several by a split, into one with other trifles. */
const fateOf = ({ splitInto }: Task): string =>
  splitInto.length > 1 ? '÷ split' : `→ ${splitInto[0]}`;

/** The one flag that a card has room for, in few words: what keeps it, or where it is in the gate. */
export function cardFlag(task: Task): Span | null {
  if (task.escalation?.to === 'person') return span('! you', 'warn');
  if (task.escalation) return span(`▲ ${task.escalation.to}`, 'warn');
  if (task.blocked !== null) return span('⊘ blocked', 'warn');
  if (task.account.overspent !== null) return span('$ budget', 'warn');
  if (task.gateStep === 'review') return span('? review', 'warn');
  if (isDraft(task)) return span('? draft', 'warn');
  if (task.paused) return span('‖ paused', 'quiet');
  if (task.dropped !== null) return span('× dropped', 'quiet');
  if (task.splitInto.length > 0) return span(fateOf(task), 'quiet');
  if (task.column !== 'gate' || task.gateStep === null) return null;
  return task.gateStep === 'queued'
    ? span('queued', 'quiet')
    : span(gateWords[task.gateStep], 'busy');
}

const gateWords: Readonly<Record<GateStep, string>> = {
  queued: 'queued',
  building: 'building',
  testing: 'testing',
  'checking-trunk': 'checking',
  'checking-branch': 'checking',
  rerunning: '2nd run',
  review: 'review',
  landing: 'landing',
};

export type BoardOrder = Readonly<Record<Column, readonly Task[]>>;

/** Who is first in its column: what needs somebody, then priority, then age; in `done` the newest. */
export function boardOrder(state: State, filter: string): BoardOrder {
  const order: Record<Column, Task[]> = { backlog: [], ready: [], doing: [], gate: [], done: [] };
  const isWanted = taskFilter(filter);
  for (const task of Object.values(state.tasks)) {
    if (isWanted(task, state)) order[task.column].push(task);
  }
  for (const column of columns) {
    order[column].sort(column === 'done' ? byNewest : byUrgency);
  }
  return order;
}

const byNewest = (one: Task, other: Task): number =>
  other.since - one.since || taskNumber(other.id) - taskNumber(one.id);

const byUrgency = (one: Task, other: Task): number =>
  Number(other.escalation !== null) - Number(one.escalation !== null) ||
  priorities.indexOf(other.priority) - priorities.indexOf(one.priority) ||
  taskNumber(one.id) - taskNumber(other.id);

/** The columns in the order in which their tasks need looking at; also the order of the narrow list. */
export const listColumns: readonly Column[] = ['gate', 'doing', 'ready', 'backlog', 'done'];

export function chosenTask(
  order: BoardOrder,
  tasks: State['tasks'],
  wish: TaskId | null,
): Task | null {
  const wished = wish ? tasks[wish] : undefined;
  if (wished && order[wished.column].includes(wished)) return wished;
  for (const column of listColumns) {
    const first = order[column][0];
    if (first) return first;
  }
  return null;
}

/** The task a step away in that direction; null when there is none. */
export function neighbourTask(
  order: BoardOrder,
  from: Task,
  direction: 'up' | 'down' | 'left' | 'right',
): Task | null {
  const column = order[from.column];
  const index = column.indexOf(from);
  if (direction === 'up') return column[index - 1] ?? null;
  if (direction === 'down') return column[index + 1] ?? null;
  const step = direction === 'left' ? -1 : 1;
  for (let at = columns.indexOf(from.column) + step; at >= 0 && at < columns.length; at += step) {
    const tasks = order[columns[at] as Column];
    if (tasks.length > 0) return tasks[Math.min(index, tasks.length - 1)] ?? null;
  }
  return null;
}
