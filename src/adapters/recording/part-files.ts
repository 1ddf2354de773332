import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentId, TaskId } from '../../core/ids.ts';

/** An attempt, as far as a recording must know it. */
export type RecordedAttempt = { readonly task: TaskId; readonly attempt: number };

/** One file of a recording: what one terminal showed from a moment on, as an asciicast of its own. */
export type Part = {
  readonly path: string;
  readonly agent: AgentId;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** Null while the agent had no task. */
  readonly work: RecordedAttempt | null;
};

/** `eng-1/1764106392123.T-12.2.cast`: who, since when, and at which attempt of which task. */
export function partPath(
  folder: string,
  agent: AgentId,
  startedAt: number,
  work: RecordedAttempt | null,
): string {
  const what = work === null ? '' : `.${work.task}.${work.attempt}`;
  return join(folder, agent, `${startedAt}${what}.cast`);
}

const nameForm = /^(\d+)(?:\.(T-\d+)\.(\d+))?\.cast$/;

export const isPartName = (name: string): boolean => nameForm.test(name);

/** Every part that is kept, oldest first. A folder that does not exist has none. */
export async function listParts(folder: string): Promise<readonly Part[]> {
  const agents = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const parts: Part[] = [];
  for (const { name: agent } of agents.filter(entry => entry.isDirectory())) {
    for (const name of await readdir(join(folder, agent)).catch(() => [])) {
      const [, startedAt, task, attempt] = nameForm.exec(name) ?? [];
      if (startedAt === undefined) continue;
      parts.push({
        path: join(folder, agent, name),
        agent: agent as AgentId,
        startedAt: Number(startedAt),
        work: task === undefined ? null : { task: task as TaskId, attempt: Number(attempt) },
      });
    }
  }
  return parts.sort((one, other) => one.startedAt - other.startedAt);
}

/** Deletes the oldest parts until all that are left have at most `bytesMax`. Never the newest one of an agent. */
export async function dropOldParts(folder: string, bytesMax: number): Promise<void> {
  const parts = (await listParts(folder)).toReversed();
  const newest = new Set<AgentId>();
  let bytes = 0;
  for (const { path, agent } of parts) {
    const size = await stat(path).then(
      found => found.size,
      () => 0,
    );
    bytes += size;
    if (newest.has(agent) && bytes > bytesMax) await rm(path, { force: true });
    newest.add(agent);
  }
}
