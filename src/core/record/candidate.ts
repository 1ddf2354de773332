import type { Oid, TaskId } from '../ids.ts';

/** The merge result under test: the only thing the trunk may ever move to. */
export type Candidate = {
  readonly base: Oid;
  readonly head: Oid;
  readonly commit: Oid;
  readonly tree: Oid;
  /** Changed files, at most `recordedFilesMax`; how many there are more where some are left out. */
  readonly files: readonly string[];
  readonly filesOmitted?: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Files that changed since the attempt before; left out for a first attempt, and when they are too many. */
  readonly retouched?: readonly string[];
  /** All that changed since then were sleeps, timeouts, retries or skips. */
  readonly waitsOnly?: true;
  /** What landed after the branch had left the trunk, newest first. */
  readonly beside?: readonly LandedBeside[];
};

/** Files of which only the first are recorded, and how many there are more where some are left out. */
export type RecordedFiles = Pick<Candidate, 'files' | 'filesOmitted'>;

/** One landing; `task` is null for a commit of the person's. */
export type LandedBeside = { readonly task: TaskId | null; readonly files: readonly string[] };

/** The merge result, or what it was made of, to see who is red: the trunk itself, the branch itself. */
export type GateSubject = 'candidate' | 'trunk' | 'branch';
