import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sessionFilesMs } from '../../core/limits.ts';
import { remove } from './old-files.ts';

/** Files of a session are named by its id: `hooks-<id>.jsonl`, `began-<id>`. */
const sessionId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/**
 * Deletes from the agents' own folders what is about sessions that ended a while ago and are not resumed any more.
 * What cannot be deleted is left, and told by `onError`; never rejects.
 */
export async function dropSessionFiles(
  agents: string,
  given: {
    /** Milliseconds since the epoch. */
    readonly now: number;
    readonly isResumable: (session: string) => boolean;
    readonly onError: (reason: string) => void;
  },
): Promise<void> {
  const { now, isResumable, onError } = given;
  for (const agent of await readdir(agents).catch(() => []))
    for (const name of await readdir(join(agents, agent)).catch(() => [])) {
      const session = sessionId.exec(name)?.[0];
      const path = join(agents, agent, name);
      const stat = session === undefined ? null : await lstat(path).catch(() => null);
      const isOld = stat?.isFile() === true && now - stat.mtimeMs > sessionFilesMs;
      if (session === undefined || !isOld || isResumable(session)) continue;
      await remove(path, onError);
    }
}
