import type { TaskId } from '../../core/ids.ts';
import { cleanUpOf } from '../../core/plan/batch.ts';
import { planTasksOf } from '../../core/plan/plan.ts';
import { BoardError } from '../../ports/board-files.ts';
import type { Performing } from '../perform/performing.ts';

/**
 * One task of several trifles. Its file is written and read before anything is said of the originals, and
 * theirs stay where they are, so that a crash at any moment loses nothing and doubles nothing.
 */
export async function writeBatch(tasks: readonly TaskId[], given: Performing): Promise<void> {
  const { boardFiles } = given.world;
  try {
    const before = await boardFiles.read();
    const isThere = before.tasks.some(({ content }) =>
      content.batches?.some(id => tasks.includes(id)),
    );
    const trifles = planTasksOf(given.state()).filter(
      ({ id }) => id !== null && tasks.includes(id),
    );
    if (!isThere) await boardFiles.create({ ...cleanUpOf(trifles), batches: tasks }, 'belfry');
    given.observe({ type: 'board.read', ...(isThere ? before : await boardFiles.read()) });
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    given.observe({ type: 'batch.failed', why: error.message });
  }
}
