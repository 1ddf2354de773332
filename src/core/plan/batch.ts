import { smallTaskMinutes } from '../limits.ts';
import { type Priority, priorities, type TaskContent } from '../task.ts';
import type { PlanTask } from './plan.ts';

/** More than this in one task is no trifle any more. */
const batchMinutesMax = 30;
/** A title is one line. */
const namesShown = 8;

/** A small task that nobody waits for and that waits for nobody may go together with others of its kind. */
function isBatchable(task: PlanTask, board: readonly PlanTask[]): boolean {
  const isSmall = task.estimateMinutes !== null && task.estimateMinutes < smallTaskMinutes;
  const isAwaited = board.some(one => task.id !== null && one.dependsOn.includes(task.id));
  return task.standing === 'open' && isSmall && task.dependsOn.length === 0 && !isAwaited;
}

/** Groups of small tasks that would each make one clean-up task, the oldest first; none for a single one. */
export function batchesOf(board: readonly PlanTask[]): readonly (readonly PlanTask[])[] {
  const batches: PlanTask[][] = [];
  let minutes = 0;
  for (const task of board.filter(one => isBatchable(one, board))) {
    const own = task.estimateMinutes ?? 0;
    const last = batches.at(-1);
    if (last === undefined || minutes + own > batchMinutesMax) {
      batches.push([task]);
      minutes = own;
    } else {
      last.push(task);
      minutes += own;
    }
  }
  return batches.filter(batch => batch.length > 1);
}

/** One task of several: each original is an item of its list, and every acceptance command still runs. */
export function cleanUpOf(batch: readonly PlanTask[]): TaskContent {
  const all = <Value>(of: (task: PlanTask) => readonly Value[]) => [...new Set(batch.flatMap(of))];
  const names = batch.slice(0, namesShown).map(task => task.id ?? task.title);
  const more = batch.length > namesShown ? ' …' : '';
  return {
    title: `Clean up ${batch.length} small things (${names.join(', ')}${more})`,
    priority: batch.map(task => task.priority).reduce(higher, 'low'),
    tags: [...new Set(['clean-up', ...all(task => task.tags)])],
    dependsOn: all(task => task.dependsOn),
    files: all(task => task.files),
    accept: all(task => task.accept),
    estimateMinutes: batch.reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0),
    body: `${['Do each of these, one commit per item.', '', ...batch.flatMap(itemOf)].join('\n')}\n`,
  };
}

const higher = (one: Priority, other: Priority): Priority =>
  priorities.indexOf(one) >= priorities.indexOf(other) ? one : other;

function itemOf({ id, title, body, accept }: PlanTask): readonly string[] {
  const said = body.trim() === '' ? [] : body.trim().split('\n');
  const checks = accept.map(command => `Accepted by: ${command}`);
  const head = `- [ ] ${id === null ? '' : `${id}: `}${title}`;
  return [head, ...[...said, ...checks].map(line => `      ${line}`.trimEnd())];
}
