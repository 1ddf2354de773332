import { isMet } from '../board.ts';
import { taskNumber } from '../ids.ts';
import type { BoardTask, ObservationOf } from '../input.ts';
import { recordedBrokenFilesMax, recordedReasonCharsMax } from '../limits.ts';
import type { BrokenFile, Column, Task, TaskContent } from '../task.ts';
import type { Facts } from './facts.ts';

/** Known again in journals: a task that was dropped for another reason stays dropped. */
const fileDeleted = 'its file was deleted';

/** A fresh reading of the task files: new ones, changed ones, wishes, broken ones, vanished ones. */
export function takeBoard(facts: Facts, input: ObservationOf<'board.read'>): void {
  const files = tellable(input.broken);
  const isSame = JSON.stringify(files) === JSON.stringify(facts.state.brokenFiles);
  if (!isSame) facts.emit({ type: 'files.broken', files });
  for (const seen of input.tasks) {
    const task = facts.state.tasks[seen.task];
    if (task === undefined) addTask(facts, seen);
    else if (task.dropped === fileDeleted && seen.wish !== 'done') bringBack(facts, task, seen);
    else changeTask(facts, task, seen);
  }
  // A broken file is not a vanished one, and nobody can tell which task it was.
  if (input.broken.length > 0) return;
  const present = new Set(input.tasks.map(seen => seen.task));
  for (const task of Object.values(facts.state.tasks)) {
    if (present.has(task.id) || task.column === 'done' || task.assignee !== null) continue;
    facts.emit({ type: 'task.dropped', task: task.id, by: 'person', why: fileDeleted });
  }
}

/** Bounded, with a last row that counts what is left out. */
function tellable(broken: readonly BrokenFile[]): readonly BrokenFile[] {
  const told = broken.slice(0, recordedBrokenFilesMax).map(one => ({
    ...one,
    reason: one.reason.slice(0, recordedReasonCharsMax),
  }));
  const more = broken.length - told.length;
  if (more === 0) return told;
  return [...told, { file: '.', line: null, reason: `${more} more files cannot be read either` }];
}

/** Work may begin at once, unless somebody asked for a review of the plan or left it in the backlog. */
function addTask(facts: Facts, seen: BoardTask): void {
  const { task, by, content, wish } = seen;
  const isReviewed = facts.policy.plan === 'auto' || by === 'person';
  const planned = wish === null ? isReviewed : wish !== 'backlog';
  const isOpen = content.dependsOn.some(id => !isMet(facts.state, id));
  const column = wish === 'done' ? 'done' : planned && !isOpen ? 'ready' : 'backlog';
  facts.emit({ type: 'task.added', task, by, content, column, planned });
  for (const trifle of content.batches ?? []) {
    const one = facts.state.tasks[trifle];
    const isOpen = one !== undefined && one.column !== 'done' && one.assignee === null;
    // Its own number is the highest, so that no hand-written file makes a circle.
    if (isOpen && taskNumber(trifle) < taskNumber(task))
      facts.emit({ type: 'task.batched', task: trifle, into: task });
  }
}

/**
 * Files go and come with the branch that the person checks out, and with a stash. Where it was is where it is
 * again; but what somebody had to decide about waits in the backlog, since the question went with the drop.
 */
function bringBack(facts: Facts, task: Task, { content, wish }: BoardTask): void {
  const planned = wish === null ? task.planned && task.escalations === 0 : wish !== 'backlog';
  const isOpen = content.dependsOn.some(id => !isMet(facts.state, id));
  const column = planned && !isOpen ? 'ready' : 'backlog';
  facts.emit({ type: 'task.returned', task: task.id, column, planned });
  if (!isSameContent(task, content)) facts.emit({ type: 'task.edited', task: task.id, content });
}

function changeTask(facts: Facts, task: Task, seen: BoardTask): void {
  if (!isSameContent(task, seen.content))
    facts.emit({ type: 'task.edited', task: task.id, content: seen.content });
  if (seen.wish !== null && seen.wish !== task.column) move(facts, task, seen.wish);
}

const keys = [
  ...(['title', 'priority', 'tags', 'dependsOn', 'files'] as const),
  ...(['accept', 'estimateMinutes', 'budget', 'body', 'splits', 'batches'] as const),
];
const isSameContent = (task: TaskContent, content: TaskContent) =>
  keys.every(key => JSON.stringify(task[key]) === JSON.stringify(content[key]));

/** Why a task may not be moved there by hand; null when it may. */
export function moveRefusal(task: Task, column: Column): string | null {
  if (task.column === 'done') return 'it is done: add a new task';
  if (column === 'done') return 'only landing makes a task done; x on the page drops it';
  if (column === 'doing') return 'an engineer takes it from ready by itself';
  if (column === 'gate') return 'only a claim of its engineer brings it to the gate';
  if (task.column === 'gate') return 'it is at the gate; wait for the verdict, or reassign it';
  if (column === 'backlog') return null;
  if (task.column === 'doing')
    return 'an engineer works on it; reassign it, or put it into backlog';
  if (task.escalation !== null) return 'it is escalated: retry, reassign or drop it';
  return task.column === 'ready' ? 'it is ready already' : null;
}

/** A status written by hand is a command. */
export function move(facts: Facts, task: Task, column: Column): void {
  const refused = moveRefusal(task, column);
  if (refused !== null) {
    const why = `not moved to ${column}: ${refused}`;
    return facts.emit({ type: 'task.refused', task: task.id, why });
  }
  if (column === 'backlog')
    facts.emit({ type: 'task.shelved', task: task.id, why: 'put back by hand' });
  else facts.emit({ type: 'task.readied', task: task.id, why: 'made ready by hand' });
}
