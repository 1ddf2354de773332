import { instanceHolder, type LockHolder } from '../../adapters/journal/instance-lock.ts';
import type { ReadOnly } from '../../ports/team-store.ts';

/** The page asks for every picture; an answer reads files, and where there is no /proc it runs a program. */
const lookEveryMs = 1_000;

/** Who has the team of this lock folder, as of the last second. What cannot be read any more has nobody. */
export function whoHasTeam(
  lock: string,
  now: () => number = Date.now,
  holderOf: (lock: string) => LockHolder | null = instanceHolder,
): () => ReadOnly {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let answer: ReadOnly = readOnlyBy(null);
  return () => {
    const at = now();
    // A clock that was set back must not make the answer last until it has caught up.
    if (at >= lookedAt && at < lookedAt + lookEveryMs) return answer;
    lookedAt = at;
    answer = readOnlyBy(holderOrNull(lock, holderOf));
    return answer;
  };
}

/** The folder may go away, or be closed to us, between two looks: no reason to end the page. */
function holderOrNull(
  lock: string,
  holderOf: (lock: string) => LockHolder | null,
): LockHolder | null {
  try {
    return holderOf(lock);
  } catch {
    return null;
  }
}

function readOnlyBy(holder: LockHolder | null): ReadOnly {
  const who = holder === null ? 'no Belfry works' : `the Belfry in process ${holder.pid} works`;
  return { why: `read-only: ${who} on this team`, isLive: holder !== null };
}
