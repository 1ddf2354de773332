import type { Oid } from '../core/ids.ts';
import type { GateResult } from '../core/input.ts';
import type { TestCounts } from '../lib/test-counts.ts';

export type GateRequest = {
  /** Names the log file: `T-12-2-1`. */
  readonly id: string;
  /** Its exact tree is what the commands see. */
  readonly commit: Oid;
  /** Run in order with the person's shell; the first that fails ends the run. */
  readonly commands: readonly GateCommand[];
};

export type GateCommand = {
  readonly name: string;
  readonly command: string;
  readonly timeoutMs: number;
  /** Without a byte of output for this long it counts as hung. */
  readonly silenceMs: number;
};

/** A gate run under way or just over, for the screen. */
export type GateRun = {
  readonly id: string;
  readonly command: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The last lines of output, cleaned of control characters; at most 200. */
  readonly tail: readonly string[];
  /** Of the whole output so far, where a known test runner speaks in it; null elsewhere. */
  readonly counts: TestCounts | null;
  /** The whole output, up to the size limit. */
  readonly logFile: string;
};

/** Runs commands on exactly one tree, in a worktree that agents never see. One run at a time. */
export interface Gate {
  /** Never rejects: what keeps it from running is an outcome, `faulted`. */
  run(request: GateRequest): Promise<GateResult>;
  /** Ends the run of this id with its whole process tree; its promise answers `faulted`. */
  cancel(id: string): Promise<void>;
  readonly current: GateRun | null;
  /** After output, start or end; at most 10 a second. */
  onChange(listener: () => void): () => void;
}
