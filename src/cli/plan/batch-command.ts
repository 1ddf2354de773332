import { createBoardFiles } from '../../adapters/board/board-files.ts';
import { batchesOf, cleanUpOf } from '../../core/plan/batch.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { taskArgument } from '../task-argument.ts';
import { UserError } from '../user-error.ts';
import { readTasks, tasksFolder } from './board-on-disk.ts';
import { planTaskOf } from './read-plan.ts';

const tasksMax = 50;

/**
 * `belfry task batch [T-3 T-7 …]`: makes one clean-up task of several; without names, of all that are small.
 * The originals keep their files, and are marked as done only after the new one is there.
 */
export async function runBatchCommand(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseCommand(args, { flags: {}, positionals: [0, tasksMax] });
  const { tasks } = await readTasks(io);
  const board = tasks.map(planTaskOf);
  const wanted = positionals.map(taskArgument);
  const batches = wanted.length === 0 ? batchesOf(board) : [wanted.map(id => named(id, tasks))];
  if (batches.length === 0) {
    io.stdout('There are no two small tasks that could be one.\n');
    return 0;
  }
  const folder = tasksFolder(io);
  const files = createBoardFiles({ folder, record: null, newStatus: 'ready' });
  for (const batch of batches) {
    const ids = batch.flatMap(({ id }) => id ?? []);
    const task = await files.create({ ...cleanUpOf(batch), batches: ids }, 'person');
    for (const id of ids) await files.writeStatus(id, 'done');
    io.stdout(`${task} holds ${batch.map(({ id }) => id).join(', ')}\n`);
  }
  return 0;
}

/** Throws `UserError` for what cannot become a part of another task. */
function named(id: string, tasks: Awaited<ReturnType<typeof readTasks>>['tasks']) {
  const found = tasks.find(one => one.task === id);
  if (found === undefined) throw new UserError(`there is no ${id} on the board.`);
  const { status } = found;
  if (status === 'doing' || status === 'gate' || status === 'done')
    throw new UserError(`${id} is in ${status}: only tasks that nobody has begun become one.`);
  const waiting = tasks.find(one => one.content.dependsOn.includes(found.task));
  if (waiting !== undefined)
    throw new UserError(`${waiting.task} waits for ${id}: it must stay a task of its own.`);
  return planTaskOf(found);
}
