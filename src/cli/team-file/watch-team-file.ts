import { watchText } from '../../adapters/following/watch-text.ts';
import { teamFileBytesMax } from '../../core/limits.ts';
import { lineDiff } from '../../lib/line-diff.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { TeamFile, TeamFileChange } from '../../ports/team-file.ts';

export type WatchWish = {
  /** Path of team.yaml. */
  readonly path: string;
  /** Why the file as it is cannot be started from; null when it can. */
  readonly check: () => Promise<string | null>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly apply: () => void;
};

/**
 * Follows team.yaml from what it says at the first look. Nothing of a change counts while the team runs:
 * agents, gate and bounds stay as they are until `apply`.
 */
export function watchTeamFile({ path, check, now, apply }: WatchWish): TeamFile & { stop(): void } {
  const listeners = new Set<() => void>();
  let first: string | null = null;
  let newest = '';
  let change: TeamFileChange | null = null;
  const tell = (next: TeamFileChange | null): void => {
    change = next;
    for (const listener of listeners) listener();
  };
  const stop = watchText(
    path,
    async text => {
      first ??= text;
      newest = text;
      if (text === first) {
        if (change !== null) tell(null);
        return;
      }
      // What hinders the look hinders the start, too, and must not end the team that runs.
      const problem = await check().catch(messageOf);
      // The file may have changed again meanwhile; then that look tells.
      if (text !== newest) return;
      tell({ path, at: change?.at ?? now(), diff: lineDiff(first, text), problem });
    },
    teamFileBytesMax,
  );
  return {
    stop,
    apply,
    change: () => change,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
