import type { Instant } from '../core/ids.ts';

export interface Clock {
  /** Wall time, milliseconds since the Unix epoch. */
  now(): Instant;
  /** Calls back once, not before `at`. Returns what cancels it. */
  wakeAt(at: Instant, callback: () => void): () => void;
}
