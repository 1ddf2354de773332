import type { Usage } from '../usage/usage.ts';

/** What went into an attempt. */
export type Effort = {
  /** Reading of the clock of supervised time when it began, and how long its engineer worked by that clock. */
  readonly startedMs: number;
  /** Until it was submitted or ended; null while it is worked on. */
  readonly ms: number | null;
  readonly used: Usage;
};
