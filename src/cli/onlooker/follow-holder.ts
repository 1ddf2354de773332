import { instanceHolder, type LockHolder } from '../../adapters/journal/instance-lock.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadOnly } from '../../ports/team-store.ts';

/** A look reads files, and where there is no /proc it runs a program: not for every picture. */
export const holderEveryMs = 5_000;

export type FollowedHolder = {
  /** As of the last look. */
  readOnly(): ReadOnly;
  /** Calls back when somebody else has the team, or nobody has it any more. */
  onChange(listener: () => void): () => void;
  stop(): void;
};

/** Who has the team of this lock folder. One that cannot be read, or is gone, has nobody. */
export function followHolder(
  lock: string,
  clock: Pick<Clock, 'now' | 'wakeAt'>,
  holderOf: (lock: string) => LockHolder | null = instanceHolder,
): FollowedHolder {
  const listeners = new Set<() => void>();
  const look = (): ReadOnly => readOnlyBy(holderOrNull(lock, holderOf));
  let last = look();
  let cancel = () => {};
  const arm = (): void => {
    cancel = clock.wakeAt(clock.now() + holderEveryMs, () => {
      const { why } = last;
      last = look();
      if (last.why !== why) for (const listener of listeners) listener();
      arm();
    });
  };
  arm();
  return {
    readOnly: () => last,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => cancel(),
  };
}

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
