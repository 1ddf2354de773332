import { taskBodyCharsMax } from '../../core/limits.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { agentContext } from './agent-context.ts';
import { answerTimeoutMs, ask } from './send-mail.ts';
import { taskContentOf } from './task-content.ts';

/** `belfry task add` in the architect's terminal: Belfry lints the task and answers with its id. */
export async function runAddTask(
  args: readonly string[],
  io: Io,
  timeoutMs = answerTimeoutMs,
): Promise<number> {
  const content = taskContentOf(args, io);
  const { worktree } = agentContext('belfry task add', io, ['architect']);
  if (content.body.length > taskBodyCharsMax)
    throw new UserError(
      `the body has more than ${taskBodyCharsMax} characters: keep it in the repository and name it.`,
    );
  return ask(worktree, { kind: 'addTask', content }, io, timeoutMs);
}
