import type { Event } from '../core/event.ts';
import type { AgentId, TaskId } from '../core/ids.ts';
import type { Command } from '../core/input.ts';
import type { Policy } from '../core/policy.ts';
import type { BranchPair } from '../core/radar.ts';
import type { State } from '../core/state.ts';
import type { Priority, TaskContent } from '../core/task.ts';
import type { Concern } from './concern.ts';
import type { GateRun } from './gate.ts';
import type { WrittenReceipt } from './records/receipts.ts';
import type { Terminal } from './terminals.ts';

/** A team that another process runs, or nobody: it can be looked at, and nothing of it changed. */
export type ReadOnly = {
  /** Why, for whoever tries: who has it. */
  readonly why: string;
  /** Whether a Belfry works on it. */
  readonly isLive: boolean;
};

/** Everything the page may see and ask. */
export interface TeamStore {
  /** Replaced as a whole once per turn; unchanged parts keep their identity. */
  getState(): State;
  subscribe(listener: () => void): () => void;
  readonly policy: Policy;
  /** Null: what is asked is done. */
  readonly readOnly: ReadOnly | null;
  /** Name of the repository's folder. */
  readonly repositoryName: string;
  /** Sentences about the start: a cut journal tail, a mended worktree. */
  readonly notices: readonly string[];
  /**
   * Facts since the program started and the last of before, newest last, at most `recentEventsMax`,
   * but for the chatter of every second.
   */
  recentEvents(): readonly Event[];
  /** The person did something on the page. Asked for once in `actedStepMs`; more often changes nothing. */
  personActed(): void;
  /** Null when accepted; otherwise why not, and nothing happened. */
  command(command: Command): Promise<string | null>;
  addTask(content: TaskContent): Promise<{ readonly task: TaskId } | { readonly refused: string }>;
  /** Writes it into the task's file. Null when written; otherwise why not. */
  setPriority(task: TaskId, priority: Priority): Promise<string | null>;
  /** Absolute path of the task's file; null when it has none. */
  taskFile(task: TaskId): Promise<string | null>;
  /** Absolute path of the agent's worktree. */
  worktreeOf(agent: AgentId): string | null;
  terminalOf(agent: AgentId): Terminal | null;
  /** What went wrong under the agents' programs; the same list until something changed. */
  concerns(): readonly Concern[];
  /** The person knows: it leaves the list, unless it becomes another matter. */
  noteConcern(key: string): void;
  /** How the branches in flight would merge, as of the last commit; empty until somebody has looked. */
  branchPairs(): readonly BranchPair[];
  /** The newest receipts about a task, oldest first; those of long ago are in their file only. */
  receiptsOf(task: TaskId): readonly WrittenReceipt[];
  gateRun(): GateRun | null;
  onGateChange(listener: () => void): () => void;
  diffOf(task: TaskId): Promise<string>;
  now(): number;
}
