import type { AgentId, Oid, TaskId } from './ids.ts';
import type { Candidate, GateSubject } from './record/candidate.ts';

/**
 * Requests to the world, as data. Each is idempotent for its ids, so that `recover` may ask again
 * after a crash for everything that the state says is under way.
 */
export type Effect =
  /** Start (or resume) the agent CLI in its worktree. Answered by `agent.looked`. */
  | {
      readonly type: 'launchAgent';
      readonly agent: AgentId;
      readonly session: string;
      readonly resume: boolean;
    }
  /** Save its work, then end the whole process tree of the agent CLI. */
  | { readonly type: 'stopAgent'; readonly agent: AgentId }
  /** Hold the running process tree, and let it go on. */
  | { readonly type: 'holdAgent'; readonly agent: AgentId }
  | { readonly type: 'releaseAgent'; readonly agent: AgentId }
  | {
      readonly type: 'answerQuestion';
      readonly agent: AgentId;
      readonly question: string;
      readonly answer: 'yes' | 'no';
    }
  /** Put the worktree on the task's branch; `fresh` starts it at the trunk, otherwise its commits are kept. */
  | {
      readonly type: 'prepareWorktree';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly attempt: number;
    }
  /** The agent holds no task any more: nothing is left that it could claim. */
  | { readonly type: 'endAssignment'; readonly agent: AgentId }
  /** Save work in progress to a private ref. */
  | {
      readonly type: 'saveWork';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly why: string;
    }
  /** Keep what a task has so far under a name that stays, after the work of `agent` was saved. */
  | { readonly type: 'keepWork'; readonly agent: AgentId; readonly task: TaskId }
  /** Type one message into the agent CLI. Answered by `message.entered`, then `message.confirmed`, or by `message.failed`. */
  | { readonly type: 'deliverMessage'; readonly agent: AgentId; readonly message: string }
  /** End the turn under way at a safe point, for an urgent message. Answered by `agent.interrupted` when it was. */
  | { readonly type: 'interruptAgent'; readonly agent: AgentId; readonly message: string }
  /** Type Enter again, and the text where nothing of it is there. Answered as above. */
  | { readonly type: 'submitAgain'; readonly agent: AgentId; readonly message: string }
  /** Answered by `work.inspected`. */
  | {
      readonly type: 'inspectWork';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly attempt: number;
    }
  | { readonly type: 'buildCandidate'; readonly task: TaskId; readonly attempt: number }
  | {
      readonly type: 'runGate';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly subject: GateSubject;
      readonly commit: Oid;
      readonly tree: Oid | null;
    }
  /** End the running gate of this attempt, its whole process tree. Not answered. */
  | { readonly type: 'cancelGate'; readonly task: TaskId; readonly attempt: number }
  | {
      readonly type: 'landCandidate';
      readonly task: TaskId;
      readonly attempt: number;
      readonly candidate: Candidate;
    }
  /** Look which branches in flight use a name that this landing changed. Answered by `signatures.changed` for each. */
  | {
      readonly type: 'findChanges';
      readonly task: TaskId;
      readonly candidate: Pick<Candidate, 'base' | 'commit'>;
    }
  /** Bring the person's branch up by a fast-forward, if that is safe. Answered by `checkout.seen`. */
  | { readonly type: 'followCheckout' }
  /** Write the file of the one task that these trifles become, unless it is there already. */
  | { readonly type: 'writeBatch'; readonly tasks: readonly TaskId[] }
  /** Write the task's column into its file's `status`. */
  | { readonly type: 'writeBoard'; readonly task: TaskId };
