import type { Agent } from './agent.ts';
import type { AgentId, Instant, Oid, TaskId } from './ids.ts';
import type { Message } from './message.ts';
import { type Attention, noAttention } from './numbers/attention.ts';
import { notSupervised, type Supervised } from './numbers/supervised.ts';
import { noPlanRecord, type PlanRecord } from './plan/plan-record.ts';
import type { Candidate, GateSubject } from './record/candidate.ts';
import type { BrokenFile, Task } from './task.ts';
import { type Account, newAccount } from './usage/budget.ts';

/** The one landing slot. */
export type Landing = {
  readonly task: TaskId;
  readonly attempt: number;
  readonly startedAt: Instant;
  readonly candidate: Candidate | null;
  /** Gate runs of this landing so far; names the log file and makes answers tell apart. */
  readonly runs: number;
  readonly rebuilds: number;
  readonly faults: number;
  /** The first red run of this candidate, kept while the trunk is checked and the tree is run again. */
  readonly red: { readonly excerpt: string } | null;
  readonly passed: boolean;
  /** The gate run under way. */
  readonly running: GateSubject | null;
  /** The land command was given: the answer decides. */
  readonly isCleared: boolean;
  readonly flaky: boolean;
  /** After a gate that could not run: when it is tried again. */
  readonly retryAt: Instant | null;
};

export type Trunk = {
  readonly name: string;
  readonly head: Oid | null;
  /** Result of the gate on `head` itself, as far as it was ever run. A landed commit is green by its own gate. */
  readonly gate: 'unknown' | 'green' | 'red';
  readonly redExcerpt: string | null;
  /** When `gate` became what it is. */
  readonly gateSince: number;
  /** Commits by which the person's own branch is behind, and what keeps it from following. */
  readonly behind: number;
  readonly behindWhy: string | null;
  /** When it fell behind, for as long as it is. */
  readonly behindSince: number;
};

/** Counters of the week's table. Folded from events, never set. */
export type Counters = {
  readonly landed: number;
  readonly dropped: number;
  readonly gateCatches: number;
  readonly conflicts: number;
  readonly exhaustions: number;
  readonly escalations: number;
  readonly reassigned: number;
  readonly flaky: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

export type State = {
  /** Wall time of the newest fact. */
  readonly at: Instant;
  readonly teamPaused: boolean;
  readonly teamPausedAt: Instant | null;
  readonly trunk: Trunk;
  readonly agents: Readonly<Record<AgentId, Agent>>;
  readonly tasks: Readonly<Record<TaskId, Task>>;
  readonly brokenFiles: readonly BrokenFile[];
  /** Attempts waiting for the landing slot, first come first served. */
  readonly landingQueue: readonly TaskId[];
  readonly landing: Landing | null;
  /** Undelivered and recent messages, in order of sending. */
  readonly messages: readonly Message[];
  readonly messageCount: number;
  readonly counters: Counters;
  readonly supervised: Supervised;
  readonly attention: Attention;
  /** What the whole team used since its first start here, over restarts, and by agents that have left, too. */
  readonly account: Account;
  readonly plan: PlanRecord;
  /** The journal's last word before the program ended was `run.ended`: nothing was cut off. */
  readonly endedCleanly: boolean;
};

export const emptyState: State = {
  at: 0,
  teamPaused: false,
  teamPausedAt: null,
  trunk: {
    ...{ name: '', head: null, gate: 'unknown', redExcerpt: null, gateSince: 0 },
    ...{ behind: 0, behindWhy: null, behindSince: 0 },
  },
  agents: {},
  tasks: {},
  brokenFiles: [],
  landingQueue: [],
  landing: null,
  messages: [],
  messageCount: 0,
  counters: {
    landed: 0,
    dropped: 0,
    gateCatches: 0,
    conflicts: 0,
    exhaustions: 0,
    escalations: 0,
    reassigned: 0,
    flaky: 0,
    linesAdded: 0,
    linesRemoved: 0,
  },
  supervised: notSupervised,
  attention: noAttention,
  account: newAccount,
  plan: noPlanRecord,
  endedCleanly: true,
};
