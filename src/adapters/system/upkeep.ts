import type { Instant } from '../../core/ids.ts';
import { upkeepEveryMs } from '../../core/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Gate } from '../../ports/gate.ts';
import { dropDrafts } from '../board/drop-drafts.ts';
import { packObjects } from '../git/pack-objects.ts';
import { dropGateLogs, type LogRules } from './drop-gate-logs.ts';
import { dropSessionFiles } from './drop-session-files.ts';
import { emptyTrash } from './old-files.ts';
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
  /** Its logs are looked after at the end of each run, too: in an hour they could fill a disk. */
  readonly gate: Pick<Gate, 'current' | 'onChange'>;
  readonly logRules: Pick<LogRules, 'standingOf' | 'noteRemoved'>;
  /** Whether this session of an agent CLI, by its own id, may be resumed. */
  readonly isResumable: (session: string) => boolean;
  /** When the newest fact of the journal happened: a team that rests writes nothing that could be packed. */
  readonly newestFact: () => Instant;
  readonly onError: (reason: string) => void;
}): () => Promise<void> {
  const { state, board, clock, gate, isResumable, newestFact, onError } = given;
  const rules = { ...given.logRules, onError };
  let packedTo: Instant | null = null;
  let isStopped = false;
  let cancel = () => {};
  let dropping: Promise<void> = Promise.resolve();
  const dropLogs = () => {
    dropping = dropping.then(() => dropGateLogs(state.gateLogs, clock.now(), rules));
    return dropping;
  };
  const tidy = async () => {
    for (const folder of [board, state.root]) await dropDrafts(folder, state.trash, clock.now());
    await dropLogs();
    await emptyTrash(state.trash, clock.now(), onError);
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
  let ended: string | null = null;
  const stopWatching = gate.onChange(() => {
    const { id, endedAt } = gate.current ?? {};
    const run = endedAt == null ? null : `${id} ${endedAt}`;
    if (run === null || run === ended) return;
    ended = run;
    void dropLogs();
  });
  return async () => {
    isStopped = true;
    stopWatching();
    cancel();
    await running;
    await dropping;
  };
}
