import type { Instant } from '../core/ids.ts';

export interface Clock {
  /** Wall time, milliseconds since the Unix epoch. */
  now(): Instant;
  /** Calls back once, not before `at`. Returns what cancels it. */
  wakeAt(at: Instant, callback: () => void): () => void;
  /**
   * Calls back when the machine slept, the program was stopped or the wall clock was set, with the
   * milliseconds that nobody could work in; negative when the clock was set back. Returns what stops it.
   */
  watchForJumps(onJump: (gapMs: number) => void): () => void;
}
