import { awaitAnswer, postMail } from '../../adapters/mailbox/post-mail.ts';
import { cleanBlock } from '../../lib/clean-text.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Mail } from '../../ports/mailbox.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';

/** Belfry answers within one turn; this long only when it is not running or is ending. */
export const answerTimeoutMs = 10_000;

/** Throws `UserError` when the worktree cannot be written. */
function drop(worktree: string, mail: Mail): string {
  try {
    return postMail(worktree, mail, Date.now());
  } catch (error) {
    const why = messageOf(error);
    throw new UserError(`nothing was recorded: ${why}`);
  }
}

/** Drops the mail, waits for Belfry's answer and prints it. Resolves with the exit code. */
export async function ask(
  worktree: string,
  mail: Mail,
  io: Io,
  timeoutMs = answerTimeoutMs,
): Promise<number> {
  const name = drop(worktree, mail);
  const answer = await awaitAnswer(worktree, name, timeoutMs);
  if (answer === null) {
    io.stdout('recorded: Belfry does not answer at the moment and reads it later\n');
    return 0;
  }
  const text = cleanBlock(answer.text).trimEnd();
  if (answer.isAccepted) io.stdout(`${text}\n`);
  else io.stderr(`refused: ${text}\n`);
  return answer.isAccepted ? 0 : 1;
}
