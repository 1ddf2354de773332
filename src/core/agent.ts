import type { AgentId, Instant, TaskId } from './ids.ts';
import { restartsForgottenMs } from './limits.ts';

import type { Tokens, Usage } from './usage/usage.ts';

export type Role = 'architect' | 'manager' | 'engineer';

/** What an agent is seen to be doing. `unknown` is an answer, a guess is not. */
export type AgentStatus =
  | 'starting'
  | 'idle'
  | 'working'
  | 'permission'
  | 'question'
  | 'exhausted'
  /** The CLI itself tries its provider again. */
  | 'retrying'
  /** Its provider takes no more until a time, which may not be known. */
  | 'limited'
  /** Its turn ended with an error that is not its work's. */
  | 'failed'
  | 'exited'
  | 'unknown';

/** Nobody is charged for a provider that fails or refuses: the agent keeps its task and waits. */
export const isParked = (status: AgentStatus): boolean =>
  status === 'failed' || status === 'limited';

/** No program of it runs, and none is about to show anything. */
export const isDown = ({ stopped, status }: Agent): boolean => stopped || status === 'exited';

/** Something the agent CLI asks on its own screen. */
export type Question = {
  /** Changes with each question, so that an answer cannot meet the next one. */
  readonly id: string;
  readonly kind: 'permission' | 'question';
  /** The command or the question itself, cleaned of control characters. */
  readonly text: string;
  readonly since: Instant;
  /** Answered `yes` then, when policy says so. */
  readonly answersItselfAt: Instant | null;
};

/** Restarts in a row that count when the agent ends at `at`. Having been at its prompt for long ends the row. */
export const restartsInARow = (agent: Agent, at: Instant): number => {
  return agent.status === 'idle' && at - agent.since >= restartsForgottenMs ? 0 : agent.restarts;
};

export type Agent = {
  readonly id: AgentId;
  readonly role: Role;
  /** The agent CLI's name: `scripted`, `claude`, `codex` … */
  readonly cli: string;
  readonly status: AgentStatus;
  /** Which signal decided, in words for the person. */
  readonly statusReason: string;
  readonly since: Instant;
  /** The agent CLI's session. Kept over restarts so that it can be resumed. */
  readonly session: string | null;
  /** Sessions this agent has had; tells a fresh one from a resumed one. */
  readonly sessionCount: number;
  readonly task: TaskId | null;
  readonly paused: boolean;
  /** Stopped by the person: not restarted until they say so. */
  readonly stopped: boolean;
  /** Why it is not restarted any more; null or left out for one that was stopped on purpose or runs. */
  readonly givenUp?: string | null;
  readonly question: Question | null;
  /** Part of the context window in use, 0 to 1; null where the agent CLI does not tell. */
  readonly contextUsed: number | null;
  /** Dollars so far, over all its sessions; null where the agent CLI does not tell. */
  readonly costUsd: number | null;
  /** Tokens so far, over all its sessions; null where the agent CLI does not tell. */
  readonly tokens: Tokens | null;
  /** The model that its session works with, as its agent CLI tells it; left out or null before that. */
  readonly model?: string | null;
  /** Tokens of the whole context window, as its agent CLI tells it; left out before that. */
  readonly contextWindow?: number;
  /** What its session last told of itself; left out before that. */
  readonly meter?: Usage;
  /** On its terminals, over all its sessions, and what its newest one last told; left out before that. */
  readonly bytes?: { readonly total: number; readonly meter: number };
  /** What it had put out when something last came of its work; left out before that. */
  readonly atOutcome?: Output;
  /** Restarts in a row without progress. */
  readonly restarts: number;
  readonly restartAt: Instant | null;
  /** Turns in a row that its provider ended. */
  readonly outages: number;
  /** Overdue means: the start failed, a working agent has stalled, or an agent that was parked may go on. */
  readonly deadline: Instant | null;
  /** Idle without a claim or an answer, and already nudged for this attempt or page. */
  readonly nudged: boolean;
  /** Messages that its session has received: a session that has had none is fresh. */
  readonly messagesInSession: number;
  /** Its session holds a turn: also one that began without a message, when a person typed into it. */
  readonly workedInSession: boolean;
  /** Its turn was cut by an exit or a long pause: it is told to go on. */
  readonly isCut: boolean;
  readonly pausedAt: Instant | null;
  /** Paused because the budget of its task is used up, and not by the person. */
  readonly isHeldBack: boolean;
};

/** What an agent has put out, or had put out when something last came of its work. Null: nobody tells. */
export type Output = {
  readonly costUsd: number | null;
  /** Read and written, what came from the provider's cache left out. */
  readonly tokens: number | null;
  /** On its terminal. */
  readonly bytes: number | null;
};
