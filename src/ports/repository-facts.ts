import type { PlanFacts } from '../core/plan/plan-facts.ts';

/**
 * What the trunk and its history say about a plan. Reads the supervisor's own repository only: nothing
 * that a person or an agent configured for git is ever run for it.
 */
export interface RepositoryFacts {
  /**
   * Facts of the trunk's newest commit. Symbols are read of the files that `scope` names (paths, folders,
   * globs), at most `symbolFilesMax` of them. Kept for a commit, so asking again costs little.
   * Rejects with `GitError` when git itself failed.
   */
  read(scope: readonly string[]): Promise<PlanFacts>;
}
