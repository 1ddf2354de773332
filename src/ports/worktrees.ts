import type { AgentId, Oid, TaskId } from '../core/ids.ts';

export type WorktreeStatus = {
  readonly branch: string | null;
  readonly head: Oid;
  /** Files with tracked or untracked changes that are not committed, sorted; ignored files not counted. */
  readonly uncommitted: readonly string[];
};

/** What a branch holds beyond the trunk. */
export type BranchWork = {
  readonly head: Oid;
  /** Commits that the trunk does not have. */
  readonly commits: number;
  readonly files: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

/** A file of a worktree; its path is relative to it. */
export type LeftFile = { readonly path: string; readonly bytes: number };

/** What of an agent's unfinished work was too large to be saved (`core/limits.ts`), the largest first. */
export type LeftOut = {
  readonly agent: AgentId;
  /** Where those files lie: its worktree, or a folder of the trash, when another task took the worktree. */
  readonly folder: string;
  readonly files: readonly LeftFile[];
};

/** The work of a task that is not worked on any more, under a name that stays. */
export type KeptBranch = Omit<BranchWork, 'head'> & { readonly ref: string };

/**
 * The agents' side of git: a bare repository of Belfry's own with one stable worktree per agent.
 * Nothing here ever touches the person's repository or checkout. Every member rejects with `GitError`.
 */
export interface Worktrees {
  /** Creates what is missing; mends a worktree that was deleted or damaged, after saving what is left. Returns its path. */
  ensure(agent: AgentId): Promise<string>;
  pathOf(agent: AgentId): string;
  /**
   * Ends what `ensure` runs to make fresh worktrees usable, and resolves when nothing of it is left. From here on
   * `ensure` makes none; what was cut short is made again at the next start.
   */
  endSetUps(): Promise<void>;
  /**
   * Puts the agent's worktree on the branch of the task. Work in progress of another task is saved first.
   * A branch that does not exist starts at `base`; one that exists keeps its commits.
   */
  startTask(agent: AgentId, task: TaskId, base: Oid): Promise<void>;
  /** Merges the trunk into the branch's worktree so that the agent can resolve it there; `false` when it conflicts and was left for the agent. */
  mergeTrunk(agent: AgentId, trunk: Oid): Promise<boolean>;
  status(agent: AgentId): Promise<WorktreeStatus>;
  /** Null when the branch does not exist. */
  branchWork(task: TaskId, trunk: Oid): Promise<BranchWork | null>;
  /**
   * Commits everything, untracked files included, to a private ref without touching index or files; what is too
   * large for that is told by `onLeftOut`. Null when there was nothing to save.
   */
  saveWork(
    agent: AgentId,
    label: string,
  ): Promise<{ readonly ref: string; readonly commit: Oid } | null>;
  /**
   * Called each time work is saved, also with no files: then all that lies in `folder` could be saved. Returns what
   * stops it.
   */
  onLeftOut(listener: (left: LeftOut) => void): () => void;
  /**
   * Keeps what a task has so far, work in progress included, under `refs/belfry/kept/t-12`. Asked again it
   * never goes back to less. Null when there is nothing beyond the trunk.
   */
  keepWork(task: TaskId, trunk: Oid): Promise<KeptBranch | null>;
  /** Makes the trunk's newest commit known to the agents' repository. */
  publishTrunk(head: Oid): Promise<void>;
  /** The attempt's diff against the trunk, unified, at most `bytesMax`. */
  diff(task: TaskId, trunk: Oid, bytesMax: number): Promise<string>;
  /** The same of what a commit of the published trunk brought to it. */
  landedDiff(landed: Oid, bytesMax: number): Promise<string>;
  /** Calls back when a branch of the agents' repository got a new commit. Returns what stops it. */
  onCommit(listener: (agent: AgentId) => void): () => void;
}

export class GitError extends Error {
  override readonly name = 'GitError';
}
