import type { AgentStatus, Question, Role } from './agent.ts';
import type { AgentId, Instant, Oid, TaskId } from './ids.ts';
import type { MessageEvent } from './message.ts';
import type { PlanEvent } from './plan/plan-event.ts';
import type { Candidate } from './record/candidate.ts';
import type { GateEvent } from './record/gate-event.ts';
import type { BrokenFile, Escalation, FailureReason, TaskContent } from './task.ts';
import type { UsageEvent } from './usage/usage-event.ts';

/**
 * Facts, past tense. The journal holds these and nothing else; folding them with `apply` gives the
 * state, whatever the policy says today. `at` is the wall clock of the turn that decided them.
 */
export type Event = { readonly at: Instant } & EventBody;

export type EventBody =
  // The run
  | { readonly type: 'run.started'; readonly trunk: string; readonly head: Oid }
  | { readonly type: 'run.ended' }
  | { readonly type: 'team.paused' }
  | { readonly type: 'team.resumed' }
  /** The person pressed a key or used the mouse on the page: at most once in a minute of the clock. */
  | { readonly type: 'person.acted' }
  /** The machine slept or the clock jumped: deadlines moved by `gapMs`. */
  | { readonly type: 'clock.jumped'; readonly gapMs: number }

  // Agents
  | {
      readonly type: 'agent.joined';
      readonly agent: AgentId;
      readonly role: Role;
      readonly cli: string;
    }
  | { readonly type: 'agent.left'; readonly agent: AgentId }
  /** Asked to start: a fresh session, or the named one resumed. */
  | {
      readonly type: 'agent.launched';
      readonly agent: AgentId;
      readonly session: string;
      readonly resumed: boolean;
      readonly deadline: Instant;
    }
  /**
   * What was to be resumed is not there any more: it began an empty session under the same name, or has exited
   * and is started in a fresh one.
   */
  | { readonly type: 'agent.sessionLost'; readonly agent: AgentId }
  | {
      readonly type: 'agent.looked';
      readonly agent: AgentId;
      readonly status: AgentStatus;
      readonly reason: string;
      readonly deadline: Instant | null;
      readonly bytes?: number;
    }
  | {
      readonly type: 'agent.exited';
      readonly agent: AgentId;
      readonly reason: string;
      readonly restartAt: Instant | null;
    }
  /** It owes an answer and was reminded of it. */
  | { readonly type: 'agent.nudged'; readonly agent: AgentId }
  | { readonly type: 'agent.paused'; readonly agent: AgentId }
  | { readonly type: 'agent.resumed'; readonly agent: AgentId }
  /** Its pause was longer than its turn could stand still: the turn was ended, and is gone on with afterwards. */
  | { readonly type: 'agent.interrupted'; readonly agent: AgentId }
  /** `why`: it was given up; left out when it was stopped on purpose. */
  | { readonly type: 'agent.stopped'; readonly agent: AgentId; readonly why?: string }
  | { readonly type: 'question.asked'; readonly agent: AgentId; readonly question: Question }
  | {
      readonly type: 'question.answered';
      readonly agent: AgentId;
      readonly question: string;
      readonly answer: 'yes' | 'no';
      readonly by: 'person' | 'policy';
    }
  | { readonly type: 'question.gone'; readonly agent: AgentId; readonly question: string }

  // Tasks
  | {
      readonly type: 'task.added';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly content: TaskContent;
      /** `done`: the file said so before Belfry knew it; it counts for dependencies, not as landed. */
      readonly column: 'backlog' | 'ready' | 'done';
      /** Meant to be worked on, as soon as what it depends on is done. */
      readonly planned: boolean;
    }
  | { readonly type: 'task.edited'; readonly task: TaskId; readonly content: TaskContent }
  /** Meant to be worked on, and still waiting for what it depends on; whatever was asked about it is settled. */
  | { readonly type: 'task.planned'; readonly task: TaskId; readonly why: string }
  | { readonly type: 'task.readied'; readonly task: TaskId; readonly why: string }
  | { readonly type: 'task.shelved'; readonly task: TaskId; readonly why: string }
  | { readonly type: 'task.paused'; readonly task: TaskId }
  | { readonly type: 'task.resumed'; readonly task: TaskId }
  | {
      readonly type: 'task.dropped';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly why: string;
    }
  /** Dropped because its file was deleted, and the file is there again. */
  | {
      readonly type: 'task.returned';
      readonly task: TaskId;
      readonly column: 'backlog' | 'ready';
      readonly planned: boolean;
    }
  | { readonly type: 'task.refused'; readonly task: TaskId; readonly why: string }
  | { readonly type: 'files.broken'; readonly files: readonly BrokenFile[] }

  // Attempts
  | {
      readonly type: 'task.assigned';
      readonly task: TaskId;
      readonly agent: AgentId;
      readonly attempt: number;
      readonly why: string;
    }
  /** The same engineer tries again: after a gate catch (charged), or after a conflict (not charged). */
  | {
      readonly type: 'attempt.started';
      readonly task: TaskId;
      readonly attempt: number;
      readonly isRetry: boolean;
      /** Retry 2 starts in a fresh session. */
      readonly freshSession: boolean;
    }
  | {
      readonly type: 'attempt.submitted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly head: Oid;
      readonly summary: string;
      /** False when the agent stopped without a claim and is judged by what it committed. */
      readonly claimed: boolean;
    }
  | {
      readonly type: 'attempt.failed';
      readonly task: TaskId;
      readonly attempt: number;
      readonly reason: FailureReason;
      readonly excerpt: string;
    }
  | {
      readonly type: 'attempt.conflicted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly files: readonly string[];
      readonly filesOmitted?: number;
    }
  /** Branch and trunk are green, the merge result is red: a semantic conflict, charged to nobody. */
  | {
      readonly type: 'attempt.collided';
      readonly task: TaskId;
      readonly attempt: number;
      readonly others: readonly TaskId[];
      readonly excerpt: string;
    }
  /** The person's review: their words for the next attempt, charged to nobody. */
  | {
      readonly type: 'attempt.sentBack';
      readonly task: TaskId;
      readonly attempt: number;
      readonly text: string;
    }
  | {
      readonly type: 'attempt.withdrawn';
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
    }
  | {
      readonly type: 'attempt.handedOver';
      readonly task: TaskId;
      readonly attempt: number;
      readonly agent: AgentId;
      readonly why: string;
    }
  /** Idle after a nudge: what it committed is looked at. */
  | {
      readonly type: 'attempt.doubted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly agent: AgentId;
      readonly deadline: Instant;
    }
  | {
      readonly type: 'attempt.nudged';
      readonly task: TaskId;
      readonly attempt: number;
      readonly agent: AgentId;
    }
  | {
      readonly type: 'task.blocked';
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
    }
  | {
      readonly type: 'task.escalated';
      readonly task: TaskId;
      readonly to: Escalation['to'];
      /** The engineer that held it and is free again. */
      readonly from: AgentId | null;
      readonly why: string;
      readonly deadline: Instant | null;
      /** The dropped task on which it depends, where that is the only reason. */
      readonly dead?: TaskId;
    }
  /** The manager or the person decided an escalation: the same engineer again, with their words. */
  | {
      readonly type: 'task.guided';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly text: string;
    }
  | {
      readonly type: 'task.reassigned';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly from: AgentId | null;
      /** Null: any engineer but those that failed it. */
      readonly to: AgentId | null;
      readonly text: string | null;
    }

  // Gate and landing
  | { readonly type: 'landing.started'; readonly task: TaskId; readonly attempt: number }
  | {
      readonly type: 'candidate.built';
      readonly task: TaskId;
      readonly attempt: number;
      readonly candidate: Candidate;
      readonly risks: readonly string[];
    }
  | GateEvent
  | {
      readonly type: 'review.requested';
      readonly task: TaskId;
      readonly attempt: number;
      readonly risks: readonly string[];
    }
  | { readonly type: 'review.approved'; readonly task: TaskId; readonly attempt: number }
  /** Nothing stands between the tested merge result and the trunk any more. */
  | { readonly type: 'landing.cleared'; readonly task: TaskId; readonly attempt: number }
  | {
      readonly type: 'landing.restarted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
    }
  /** The slot is given back without a verdict: the trunk is red, or the attempt was taken away. */
  | {
      readonly type: 'landing.abandoned';
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
      readonly requeue: boolean;
    }
  | {
      readonly type: 'landing.finished';
      readonly task: TaskId;
      readonly attempt: number;
      readonly commit: Oid;
    }
  | { readonly type: 'trunk.moved'; readonly head: Oid; readonly by: 'belfry' | 'outside' }
  | {
      readonly type: 'trunk.checked';
      readonly head: Oid;
      readonly green: boolean;
      readonly excerpt: string | null;
      readonly command?: string;
    }
  | { readonly type: 'checkout.followed'; readonly behind: number; readonly why: string | null }

  // Plans
  | PlanEvent

  // Usage and budgets
  | UsageEvent

  // Messages
  | MessageEvent;

export type EventType = EventBody['type'];
export type EventOf<Type extends EventType> = Extract<EventBody, { type: Type }>;
