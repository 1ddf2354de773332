import type { AgentId, Instant, Oid, TaskId } from './ids.ts';
import type { Effort } from './numbers/effort.ts';
import type { AttemptRecord } from './record/attempt-record.ts';
import type { Account, Budget } from './usage/budget.ts';

export type Column = 'backlog' | 'ready' | 'doing' | 'gate' | 'done';
export const columns: readonly Column[] = ['backlog', 'ready', 'doing', 'gate', 'done'];

export type Priority = 'low' | 'medium' | 'high' | 'critical';
export const priorities: readonly Priority[] = ['low', 'medium', 'high', 'critical'];

/** What the Markdown file says: content, never workflow. */
export type TaskContent = {
  readonly title: string;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly dependsOn: readonly TaskId[];
  /** Paths or globs the task expects to change, relative to the repository. */
  readonly files: readonly string[];
  /** Commands that must exit 0 on the merge result, beside the team's gate. */
  readonly accept: readonly string[];
  /** Minutes a person would take, where somebody estimated. */
  readonly estimateMinutes: number | null;
  /** Of its own instead of the team's; left out: the team's. */
  readonly budget?: Budget;
  /** At most `taskBodyCharsMax` characters. */
  readonly body: string;
  /** The broader task of which this is a part. */
  readonly splits?: TaskId;
  /** The trifles that are done together as this one. */
  readonly batches?: readonly TaskId[];
};

export type FailureReason =
  /** The gate or an acceptance command was red on the merge result: a gate catch. */
  | 'gate'
  /** The agent stopped or claimed done with nothing committed. */
  | 'nothing-committed'
  /** Worked without progress for longer than policy allows. */
  | 'stalled';

export type AttemptEnd =
  | { readonly kind: 'landed'; readonly commit: Oid }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly excerpt: string;
      /** Files that changed since the attempt before, where that is known. */
      readonly retouched?: readonly string[];
      /** All that changed since then were sleeps, timeouts, retries or skips. */
      readonly waitsOnly?: true;
    }
  | {
      readonly kind: 'conflicted';
      readonly files: readonly string[];
      /** Conflicting files beyond those, where some are left out. */
      readonly filesOmitted?: number;
    }
  /** Green alone, red on the trunk; `others`: the tasks whose landing did it. */
  | { readonly kind: 'collided'; readonly others: readonly TaskId[]; readonly excerpt: string }
  /** The person's words about it, instead of a landing. */
  | { readonly kind: 'sentBack'; readonly text: string }
  | { readonly kind: 'withdrawn'; readonly why: string };

/** One try of one agent at one task. */
export type Attempt = {
  readonly number: number;
  readonly agent: AgentId;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly end: AttemptEnd | null;
  /** What the agent said when it claimed to be done. */
  readonly summary: string | null;
  /** Sessions used up: 1 plus the context exhaustions of this attempt. */
  readonly sessions: number;
  /** It ended with the agent's own word that it is done. */
  readonly isClaimed?: true;
  readonly effort: Effort;
  /** Left out before the first fact about who made it and what the gate did with it. */
  readonly record?: AttemptRecord;
};

/** Where an attempt in the gate column stands. */
export type GateStep =
  | 'queued'
  | 'building'
  | 'testing'
  | 'checking-trunk'
  | 'checking-branch'
  | 'rerunning'
  | 'review'
  | 'landing';

export type Escalation = {
  /** The architect is asked for one thing only: to split it. */
  readonly to: 'manager' | 'architect' | 'person';
  readonly why: string;
  readonly since: Instant;
  /** For members of the team: the instant at which the person is asked instead. */
  readonly deadline: Instant | null;
  /** The dropped task on which it depends, where that is the only reason: it ends with its reason. */
  readonly dead?: TaskId;
};

export type Task = TaskContent & {
  readonly id: TaskId;
  readonly column: Column;
  readonly since: Instant;
  readonly addedAt: Instant;
  readonly addedBy: AgentId | 'person';
  /** The engineer that holds it, from assignment until it lands, escalates or is taken away. */
  readonly assignee: AgentId | null;
  /** Dispatch may give it to this engineer only (a manager's guidance, a person's reassignment). */
  readonly reservedFor: AgentId | null;
  /** Number of the newest attempt, 0 before the first. Never falls. */
  readonly attempt: number;
  /** Failures charged since anybody last decided about it: the `1` of `R1/2`. Kept when it changes hands by itself. */
  readonly retries: number;
  /** Textual conflicts since anybody last decided about it. */
  readonly conflicts: number;
  readonly exhaustions: number;
  /** Times that its work was passed up; a dropped task on which it depends is not its own doing. */
  readonly escalations: number;
  readonly reassignments: number;
  /** Times that the architect was asked to split it. */
  readonly splitRequests: number;
  /** Dropped tasks on which it depends, and that somebody decided to do without; left out for none. */
  readonly goesWithout?: readonly TaskId[];
  /** The tasks that took its place: it is done without having landed, and whoever waits for it waits for them. */
  readonly splitInto: readonly TaskId[];
  /** Engineers that escalated out of it. They get it back only when no other is free. */
  readonly failedBy: readonly AgentId[];
  readonly attempts: readonly Attempt[];
  readonly gateStep: GateStep | null;
  /** Why a green candidate waits for the person's `m`. */
  readonly risks: readonly string[];
  readonly escalation: Escalation | null;
  /** The manager's or the person's words for the next attempt. */
  readonly guidance: string | null;
  /** Set when an agent said it cannot go on, until somebody decides. */
  readonly blocked: string | null;
  readonly paused: boolean;
  /** Set when it was dropped: it is done without having landed. */
  readonly dropped: string | null;
  readonly landedAs: Oid | null;
  /** Meant to be worked on: it becomes ready as soon as what it depends on has landed. */
  readonly planned: boolean;
  /** What engineers used while they held it. */
  readonly account: Account;
  /** One line: why it is where it is. */
  readonly why: string;
};

/** A task file that could not be read: shown on the board, in nobody's way. */
export type BrokenFile = {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
};
