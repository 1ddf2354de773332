import type { Event } from '../event.ts';
import type { Instant } from '../ids.ts';
import type { Supervised } from '../numbers/supervised.ts';
import type { State } from '../state.ts';

/** The state before the fact tells whether anybody watched the time that led up to it. */
export function supervise(before: State, event: Event): Supervised {
  const { supervised, endedCleanly } = before;
  if (event.type !== 'run.started') return passed(before, awakeMs(before, event.at, event));
  const cutRuns = supervised.cutRuns + (endedCleanly ? 0 : 1);
  return { ...supervised, runs: supervised.runs + 1, cutRuns };
}

/**
 * The state at an instant at which nothing happened. `next` is the fact after it, null when there is none yet: of a
 * run that was cut off before the instant, no time has passed.
 */
export function stateAt(before: State, at: Instant, next: Event | null): State {
  if (before.endedCleanly || next?.type === 'run.started') return before;
  const awake = next === null ? Math.max(0, at - before.at) : awakeMs(before, next.at, next);
  return { ...before, supervised: passed(before, Math.min(awake, Math.max(0, at - before.at))) };
}

function passed({ supervised, endedCleanly, teamPaused }: State, ms: number): Supervised {
  if (endedCleanly || ms === 0) return supervised;
  return teamPaused
    ? { ...supervised, pausedMs: supervised.pausedMs + ms }
    : { ...supervised, ms: supervised.ms + ms };
}

/** A clock that was set back has taken no time away, and a machine that slept has given none. */
function awakeMs(before: State, at: Instant, event: Event): number {
  const gapMs = event.type === 'clock.jumped' ? event.gapMs : 0;
  return Math.max(0, at - before.at - gapMs);
}
