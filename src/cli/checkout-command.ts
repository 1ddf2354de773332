import { checkoutTask } from '../adapters/git/checkout/checkout-task.ts';
import { GitError } from '../ports/worktrees.ts';
import type { Io } from './io.ts';
import { openState } from './open-state.ts';
import { parseCommand } from './parse-arguments.ts';
import { taskArgument } from './task-argument.ts';
import { UserError } from './user-error.ts';

/** `belfry checkout T-12`: the branch of a task in the person's repository, without switching to it. */
export async function runCheckoutCommand(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseCommand(args, { flags: {}, positionals: [1, 1] });
  const task = taskArgument(positionals[0] ?? '');
  const { root: repository, state } = await openState(io.cwd, io);
  try {
    const { branch } = await checkoutTask({ repository, state, task });
    io.stdout(`${branch} is in your repository. “git switch ${branch}” goes to it.\n`);
    return 0;
  } catch (error) {
    if (error instanceof GitError) throw new UserError(error.message);
    throw error;
  }
}
