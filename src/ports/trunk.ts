import type { Oid, TaskId } from '../core/ids.ts';
import type { Candidate, RecordedFiles } from '../core/record/candidate.ts';

export type BuildDetails = {
  readonly title: string;
  readonly agent: string;
  /** When the attempt was started: the date of the commit. */
  readonly at: number;
  /** What the gate will run: a change of a script or file that they name is told as a risk. */
  readonly commands: readonly string[];
};

export type BuildAnswer =
  | { readonly kind: 'built'; readonly candidate: Candidate; readonly risks: readonly string[] }
  | ({ readonly kind: 'conflicted' } & RecordedFiles)
  /** The branch holds nothing that the trunk lacks. */
  | { readonly kind: 'empty' }
  /** The merge result is on the trunk already: a crash came between landing and its record. */
  | { readonly kind: 'landed'; readonly commit: Oid; readonly head: Oid };

export type LandAnswer =
  | { readonly kind: 'landed'; readonly head: Oid }
  /** The trunk is not at the candidate's base any more. Nothing was changed. */
  | { readonly kind: 'stale'; readonly head: Oid };

/** How the person's own branch stands against the trunk. */
export type CheckoutStanding = {
  /** Trunk commits that the person's branch lacks. */
  readonly behind: number;
  /** Why it could not follow, in words: "src/a.ts has your edits". Null when it did. */
  readonly why: string | null;
};

/**
 * The supervisor's side of git: builds merge results, keeps them, and moves the trunk by
 * compare-and-swap. Its repository is never seen by an agent and reads no configuration but its own.
 * Every member rejects with `GitError` when git itself failed.
 */
export interface Trunk {
  /** Name of the person's branch that is landed on. */
  readonly name: string;
  /** The trunk's commit. Takes in commits that the person made on the branch since. */
  head(): Promise<Oid>;
  /**
   * Builds the merge result of the trunk and the task's branch without a checkout and pins it.
   * The same attempt on the same trunk gives the same commit, so that it may be asked twice.
   */
  build(task: TaskId, attempt: number, details: BuildDetails): Promise<BuildAnswer>;
  /** Moves the trunk from the candidate's base to its commit, or not at all. Asking again after success answers `landed`. */
  land(task: TaskId, candidate: Candidate): Promise<LandAnswer>;
  /** Fast-forwards the person's branch and, where it is checked out, only files they have not touched. Never overwrites. */
  followCheckout(): Promise<CheckoutStanding>;
  /** Calls back after the person's branch moved, by their hand or ours. Returns what stops it. */
  onMove(listener: () => void): () => void;
}
