import { explainTask } from '../../core/briefing/explain-task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { Io } from '../io.ts';
import { readState } from '../journal-problem.ts';
import { openState } from '../open-state.ts';
import { parseCommand } from '../parse-arguments.ts';
import { taskArgument } from '../task-argument.ts';
import { UserError } from '../user-error.ts';

/** `belfry why T-12`: why a task waits or went where it went, from the journal. */
export async function runWhyCommand(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseCommand(args, { flags: {}, positionals: [1, 1] });
  const id = taskArgument(positionals[0] ?? '');
  const { state: folder, root } = await openState(io.cwd, io);
  const state = await readState(folder.journal);
  const task = state.tasks[id];
  if (task === undefined)
    throw new UserError(
      state.at === 0
        ? `no team has run in ${root} yet, so nothing has become of ${id}. “belfry” starts one.`
        : `there is no ${id} in the journal of ${root}. “belfry task list” shows the board.`,
    );
  const [head = '', ...rest] = explainTask(state, task).map(line => cleanText(line));
  io.stdout(`${head}\n${rest.map(line => `  ${line}\n`).join('')}`);
  return 0;
}
