import type { Message } from '../message.ts';
import type { State } from '../state.ts';

const isPromptFor = (nudge: Message, { kind, to, task }: Message) =>
  to === nudge.to && task === nudge.task && kind !== 'note' && kind !== 'nudge';

/** Its attempt, escalation or task is over, or a handoff to a fresh session says the same and more. */
export function isStale(state: State, message: Message): boolean {
  if (message.task === null) return false;
  const task = state.tasks[message.task];
  if (task === undefined || task.column === 'done') return true;
  if (message.kind === 'escalation') return task.escalation?.to !== 'manager';
  if (message.kind === 'split') return task.escalation?.to !== 'architect';
  if (message.kind === 'note') return false;
  const isOver =
    task.attempt !== message.attempt || task.assignee !== message.to || task.column !== 'doing';
  const at = state.messages.findIndex(one => one.id === message.id);
  const later = state.messages.slice(at + 1);
  // A nudge on top of a prompt that is typed again would reach a session that knows nothing of the task.
  const isSaidAgain = message.kind === 'nudge' && later.some(one => isPromptFor(message, one));
  return (
    isOver || isSaidAgain || later.some(one => one.kind === 'handoff' && one.to === message.to)
  );
}
