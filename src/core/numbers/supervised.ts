/** How long a Belfry had the team open, over all its runs. Milliseconds in which the machine was awake. */
export type Supervised = {
  /** Without the pauses of the whole team. Also the clock by which work is timed. */
  readonly ms: number;
  readonly pausedMs: number;
  readonly runs: number;
  /** Runs that were cut off: each is counted up to its last fact. */
  readonly cutRuns: number;
};

export const notSupervised: Supervised = { ms: 0, pausedMs: 0, runs: 0, cutRuns: 0 };
