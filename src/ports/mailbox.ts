import type { AgentId, Oid, TaskId } from '../core/ids.ts';
import type { TaskContent } from '../core/task.ts';

/** What an agent says through the `belfry` command in its worktree. Already checked for shape, not for truth or right. */
export type Mail =
  | {
      readonly kind: 'done';
      readonly task: TaskId;
      readonly attempt: number;
      readonly head: Oid;
      readonly summary: string;
    }
  | {
      readonly kind: 'blocked';
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
    }
  | {
      readonly kind: 'note';
      readonly to: AgentId | 'person';
      readonly text: string;
      /** Whoever gets it is interrupted for it. */
      readonly isUrgent?: boolean;
    }
  | { readonly kind: 'addTask'; readonly content: TaskContent }
  | { readonly kind: 'guide'; readonly task: TaskId; readonly text: string }
  | {
      readonly kind: 'reassign';
      readonly task: TaskId;
      readonly to: AgentId | null;
      readonly text: string | null;
    }
  | { readonly kind: 'drop'; readonly task: TaskId; readonly why: string }
  | { readonly kind: 'split'; readonly task: TaskId; readonly text: string }
  /** The architect has added every part. */
  | { readonly kind: 'endSplit'; readonly task: TaskId }
  | { readonly kind: 'ask'; readonly task: TaskId; readonly text: string };

/** What an agent holds; written into its worktree so that `belfry done` can answer without asking anybody. */
export type Assignment = {
  readonly agent: AgentId;
  readonly task: TaskId;
  readonly attempt: number;
  readonly branch: string;
  readonly base: Oid;
  readonly files: readonly string[];
};

/** `name` tells pieces of mail of one agent apart, at most 105 characters. */
export type MailListener = (agent: AgentId, mail: Mail, name: string) => Promise<MailAnswer>;

/** Files dropped inside worktrees: works in an agent CLI's sandbox, needs no network and no socket. */
export interface Mailbox {
  /** Starts to listen in an agent's worktree. */
  open(agent: AgentId, worktree: string): Promise<void>;
  writeAssignment(agent: AgentId, assignment: Assignment | null): Promise<void>;
  /**
   * Each piece of mail once, in order of writing, also what was written while nobody listened.
   * The answer goes back to whoever waits for it; the file is removed only after the promise resolved. After a
   * crash between the two it comes again, under the same name.
   */
  onMail(listener: MailListener): void;
  close(): Promise<void>;
}

export type MailAnswer = { readonly isAccepted: boolean; readonly text: string };
