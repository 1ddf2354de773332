import type { Instant, TaskId } from '../../core/ids.ts';
import { upkeepEveryMs } from '../../core/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import { dropDrafts } from '../board/drop-drafts.ts';
import { packObjects } from '../git/pack-objects.ts';
import { dropOldFiles } from './drop-old-files.ts';
import { dropSessionFiles } from './drop-session-files.ts';
import type { StateFolder } from './state-folder.ts';

/**
 * Keeps what lies on the disk within its bounds, at once and then every hour: a team may run for months. Nobody
 * waits for it, and what fails is told by `onError`. Returns what stops it; resolves when nothing of it runs.
 */
export function startUpkeep(given: {
  readonly state: StateFolder;
  /** The folder of the tasks' files. */
  readonly board: string;
  readonly clock: Pick<Clock, 'now' | 'wakeAt'>;
  readonly isSettled: (task: TaskId) => boolean;
  /** Whether this session of an agent CLI, by its own id, may be resumed. */
  readonly isResumable: (session: string) => boolean;
  /** When the newest fact of the journal happened: a team that rests writes nothing that could be packed. */
  readonly newestFact: () => Instant;
  readonly onError: (reason: string) => void;
}): () => Promise<void> {
  const { state, board, clock, isSettled, isResumable, newestFact, onError } = given;
  let packedTo: Instant | null = null;
  let isStopped = false;
  let cancel = () => {};
  const tidy = async () => {
    for (const folder of [board, state.root]) await dropDrafts(folder, state.trash, clock.now());
    await dropOldFiles(state, { now: clock.now(), isSettled, onError });
    await dropSessionFiles(state.agents, { now: clock.now(), isResumable, onError });
    const newest = newestFact();
    if (!isStopped && newest !== packedTo) await packObjects(state, onError);
    packedTo = newest;
    if (!isStopped) cancel = clock.wakeAt(clock.now() + upkeepEveryMs, again);
  };
  let running = tidy();
  const again = () => {
    running = tidy();
  };
  return () => {
    isStopped = true;
    cancel();
    return running;
  };
}
