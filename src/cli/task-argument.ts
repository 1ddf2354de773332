import { type AgentId, isAgentId, isTaskId, type TaskId } from '../core/ids.ts';
import { UserError } from './user-error.ts';

/** Throws `UserError` for anything but `T-12`; `12` and `t-12` are taken for it. */
export function taskArgument(word: string): TaskId {
  const id = `T-${word.replace(/^T-/i, '')}`;
  if (isTaskId(id)) return id;
  throw new UserError(`“${word}” is no task: write one like T-12.`, 2);
}

export function memberArgument(word: string): AgentId {
  if (isAgentId(word)) return word;
  throw new UserError(
    `there is no member “${word}”: write architect, manager or one like eng-1.`,
    2,
  );
}
