import type { Stats } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isTaskId, type TaskId } from '../../core/ids.ts';
import { gateLogsBytesMax, keptFilesMs } from '../../core/limits.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { StateFolder } from './state-folder.ts';

type Entry = { readonly name: string; readonly bytes: number; readonly since: number };

/**
 * Deletes gate logs of settled tasks that are old, or the oldest of them beyond the bound for all logs, and
 * what has long been in the trash. Logs of open tasks stay, whatever they take. What cannot be deleted is
 * left, and told by `onError`; never rejects.
 */
export async function dropOldFiles(
  state: Pick<StateFolder, 'gateLogs' | 'trash'>,
  given: {
    /** Milliseconds since the epoch. */
    readonly now: number;
    readonly isSettled: (task: TaskId) => boolean;
    readonly onError: (reason: string) => void;
  },
): Promise<void> {
  const { now, isSettled, onError } = given;
  const isOld = ({ since }: Entry) => now - since > keptFilesMs;
  const logs = await entriesOf(state.gateLogs);
  let bytes = logs.reduce((sum, log) => sum + log.bytes, 0);
  const spareable = logs.filter(({ name }) => isLogOfSettled(name, isSettled));
  for (const log of spareable) {
    if (!isOld(log) && bytes <= gateLogsBytesMax) break;
    await remove(join(state.gateLogs, log.name), onError);
    bytes -= log.bytes;
  }
  for (const thrown of await entriesOf(state.trash))
    if (isOld(thrown)) await remove(join(state.trash, thrown.name), onError);
}

/** `T-12-2-1.log`, `T-12-2-1-trunk.log`: named by the gate run. Nothing else in there is ours to judge. */
function isLogOfSettled(name: string, isSettled: (task: TaskId) => boolean): boolean {
  const task = /^(T-\d+)-\d+-\d+(-[a-z]+)?\.log$/.exec(name)?.[1] ?? '';
  return isTaskId(task) && isSettled(task);
}

/** Oldest first. */
async function entriesOf(folder: string): Promise<readonly Entry[]> {
  const names = await readdir(folder).catch(() => []);
  const entries: Entry[] = [];
  for (const name of names) {
    const stat = await lstat(join(folder, name)).catch(() => null);
    if (stat !== null) entries.push({ name, bytes: stat.size, since: sinceOf(name, stat) });
  }
  return entries.sort((one, other) => one.since - other.since);
}

/** What is thrown away keeps its times; its name says when it was. The later of both, in doubt. */
function sinceOf(name: string, { mtimeMs, ctimeMs }: Stats): number {
  const thrownAt = Number(/-(\d{13})$/.exec(name)?.[1] ?? 0);
  return Math.max(thrownAt, mtimeMs, name.endsWith('.log') ? 0 : ctimeMs);
}

async function remove(path: string, onError: (reason: string) => void): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    onError(`${path} is left: ${messageOf(error)}`);
  }
}
