import type { Instant, Oid } from '../ids.ts';
import type { Candidate, GateSubject } from './candidate.ts';

/** Who made an attempt. What its agent CLI did not tell is null. */
export type Maker = {
  readonly cli: string;
  readonly session: string | null;
  readonly model: string | null;
};

/** One run of the gate about an attempt. */
export type GateRecord = {
  readonly run: number;
  readonly subject: GateSubject;
  readonly startedAt: Instant;
  /** Null while it runs. `none`: it could not run, or it was ended before it had said anything. */
  readonly result: 'green' | 'red' | 'none' | null;
  readonly durationMs: number | null;
  /** The commands, in order, as the team and the task had them at that moment; null where nobody told. */
  readonly command: string | null;
};

/** What the journal tells of an attempt beside its end. */
export type AttemptRecord = {
  /** As of the claim, or of the end where there was none. */
  readonly maker: Maker | null;
  /** The last commit of what was submitted. */
  readonly head: Oid | null;
  /** The merge result that was tested last. */
  readonly candidate: Pick<Candidate, 'base' | 'head' | 'commit' | 'tree'> | null;
  /** The newest ones, at most `recordedGateRunsMax`. */
  readonly gates: readonly GateRecord[];
};

export const emptyRecord: AttemptRecord = { maker: null, head: null, candidate: null, gates: [] };
