import { join } from 'node:path';
import { isTaskId, type TaskId } from '../../core/ids.ts';
import {
  gateLogBytesMax,
  gateLogBytesMin,
  gateLogsBytesMax,
  keptFilesMs,
} from '../../core/limits.ts';
import { messageOf } from '../../lib/thrown.ts';
import { type Entry, entriesOf, remove } from './old-files.ts';

export type LogRules = {
  /** `settled`: the task is done; `ended`: only this attempt of it is over. What is open is never dropped. */
  readonly standingOf: (task: TaskId, attempt: number) => 'settled' | 'ended' | 'open';
  /** Writes down for good which logs go to keep the bound, by name without `.log`, before they go. */
  readonly noteRemoved: (logs: readonly string[]) => Promise<void>;
  readonly onError: (reason: string) => void;
};

/**
 * Deletes logs of settled tasks that are old, and beyond the bound for all logs the oldest of settled tasks, then of
 * attempts that are over. The next run has room then. What cannot be deleted is left, and told; never rejects.
 */
export async function dropGateLogs(folder: string, now: number, rules: LogRules): Promise<void> {
  const logs = await entriesOf(folder);
  const standing = (log: Entry) => standingOf(log, rules);
  const settled = logs.filter(log => standing(log) === 'settled');
  const old = settled.filter(({ since }) => now - since > keptFilesMs);
  let bytes = totalOf(logs) - totalOf(old);
  const beyond: Entry[] = [];
  for (const log of [...settled, ...logs.filter(one => standing(one) === 'ended')]) {
    if (bytes <= gateLogsBytesMax - gateLogBytesMax) break;
    if (old.includes(log)) continue;
    beyond.push(log);
    bytes -= log.bytes;
  }
  if (beyond.length > 0)
    await rules.noteRemoved(beyond.map(({ name }) => name.replace(/\.log$/, ''))).catch(error => {
      // The disk must not fill for it; “belfry verify” then cannot tell who deleted them.
      rules.onError(`gate logs go without a note of it: ${messageOf(error)}`);
    });
  for (const { name } of [...old, ...beyond]) await remove(join(folder, name), rules.onError);
}

/** What the log of the next run may take: less where logs that must stay fill the bound already. */
export async function roomForLog(folder: string): Promise<number> {
  const room = gateLogsBytesMax - totalOf(await entriesOf(folder));
  return Math.min(gateLogBytesMax, Math.max(gateLogBytesMin, room));
}

const totalOf = (entries: readonly Entry[]) => entries.reduce((sum, { bytes }) => sum + bytes, 0);

/** `T-12-2-1.log`, `T-12-2-1-trunk.log`: named by the gate run. Nothing else in there is ours to judge. */
function standingOf({ name }: Entry, rules: LogRules): ReturnType<LogRules['standingOf']> {
  const [, task = '', attempt] = /^(T-\d+)-(\d+)-\d+(?:-[a-z]+)?\.log$/.exec(name) ?? [];
  return isTaskId(task) ? rules.standingOf(task, Number(attempt)) : 'open';
}
