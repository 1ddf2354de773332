import type { TaskId } from '../core/ids.ts';
import type { BranchPair, SignatureChange } from '../core/radar.ts';

/** Looks at the branches of tasks that are being worked on, beside the work: nothing waits for it. */
export interface BranchRadar {
  /** How each two of these branches, and each with the trunk, would merge at this moment. Branches that do not exist are left out. */
  look(tasks: readonly TaskId[]): Promise<readonly BranchPair[]>;
  /**
   * Exported names that a landed range of the trunk removed or changed and that a branch uses in lines of its own.
   * Both reject with `GitError` when git itself failed.
   */
  changesFor(
    task: TaskId,
    landed: { readonly base: string; readonly commit: string },
  ): Promise<readonly SignatureChange[]>;
}
