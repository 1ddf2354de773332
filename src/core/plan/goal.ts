import type { AgentId, Instant } from '../ids.ts';

/** A goal that the architect has read, until a task comes of it. */
export type Goal = {
  readonly agent: AgentId;
  readonly message: string;
  readonly since: Instant;
  /** Why the person has to look: no task came of it. Null while it may still. */
  readonly unanswered: string | null;
  /** Messages that its session had had when that was found out: a turn begun by another one is about something else. */
  readonly heard: number;
};
