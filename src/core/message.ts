import type { AgentId, Instant, TaskId } from './ids.ts';

/** Everything that is ever typed into an agent CLI by Belfry is a message, so one rule delivers them all. */
export type MessageKind =
  /** A first attempt or a reassigned one: the task in full. */
  | 'task'
  /** A retry: the failing part of the gate's output. */
  | 'failure'
  | 'conflict'
  /** The person's words about an attempt that was to land. */
  | 'review'
  /** A fresh session goes on with the same attempt. */
  | 'handoff'
  | 'nudge'
  /** One page for the manager. */
  | 'escalation'
  /** One page for the architect: a task to be split. */
  | 'split'
  /** A goal for the architect. */
  | 'goal'
  /** Words of a member or of the person. */
  | 'note';

export type Message = {
  /** `M-7`: order of sending. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly from: AgentId | 'person' | 'belfry';
  readonly to: AgentId;
  readonly task: TaskId | null;
  readonly attempt: number | null;
  /** For `note`, `goal`, `split`: the words. Others are written from the state when they are delivered. */
  readonly text: string;
  /** The name of the mail that it was; left out for what no agent wrote. */
  readonly mail?: string;
  /** The message that a session before had had, and that this one repeats; left out for what is said first. */
  readonly again?: string;
  /** Wants a session that has had no message yet. */
  readonly freshSession: boolean;
  /** Goes before the others, and does not wait for the end of a turn. */
  readonly urgent?: true;
  /** The turn under way is interrupted for it. */
  readonly pressed?: true;
  readonly sentAt: Instant;
  /** queued → typed (waiting for the agent CLI's own signal) → delivered, or undelivered. */
  readonly delivery: 'queued' | 'typed' | 'delivered' | 'undelivered';
  readonly tries: number;
  /** Times that it could not be typed at all; left out before the first. */
  readonly faults?: number;
  /** While typed: when it is tried again. Time runs from the moment that it stands in the terminal. */
  readonly deadline: Instant | null;
};

/** What happens to a message, as facts. */
export type MessageEvent =
  | {
      readonly type: 'message.sent';
      readonly id: string;
      readonly freshSession: boolean;
      readonly urgent?: true;
      readonly mail?: string;
      readonly again?: string;
      readonly kind: MessageKind;
      readonly from: AgentId | 'person' | 'belfry';
      readonly to: AgentId;
      readonly task: TaskId | null;
      readonly attempt: number | null;
      readonly text: string;
    }
  /** It is urgent and its agent is at work: the turn is interrupted at a safe point. */
  | { readonly type: 'message.pressed'; readonly id: string }
  /** It is to be typed, as soon as the worktree is there that it is about. */
  | { readonly type: 'message.typed'; readonly id: string; readonly deadline: Instant }
  /** It stands in the terminal: the agent CLI has until then to confirm it. */
  | { readonly type: 'message.entered'; readonly id: string; readonly deadline: Instant }
  /** It could not be prepared, so that nothing was typed: at its deadline it is typed in full. */
  | {
      readonly type: 'message.untyped';
      readonly id: string;
      readonly why: string;
      /** Left out in journals of before: that of its typing holds on. */
      readonly deadline?: Instant;
    }
  | { readonly type: 'message.delivered'; readonly id: string }
  | { readonly type: 'message.failed'; readonly id: string; readonly why: string };
