import type { Instant } from '../ids.ts';
import { actedStepMs } from '../limits.ts';

/** What a person decides, each with the word for one of them. */
export const decisionNouns = {
  ...{ answers: 'answer', reviews: 'review', escalations: 'escalation' },
  ...{ plans: 'plan', budgets: 'budget', messages: 'message' },
} as const;

export type Decision = keyof typeof decisionNouns;

/** What the team asked of the person, as far as facts tell. */
export type Attention = Readonly<Record<Decision, number>> & {
  /** Things that waited for the person and were settled by them, and how long they waited together by the wall clock. */
  readonly waits: number;
  readonly waitedMs: number;
  /** Minutes of the clock in which they did something on the page, and which of all minutes was the last one. */
  readonly minutes: number;
  readonly actedStep: number | null;
  /** Several tasks of one plan are one decision. */
  readonly planAt: Instant | null;
};

export const noAttention: Attention = {
  ...{ answers: 0, reviews: 0, escalations: 0, plans: 0, budgets: 0, messages: 0 },
  ...{ waits: 0, waitedMs: 0, planAt: null, minutes: 0, actedStep: null },
};

/** Which minute of all it is. */
export const stepOf = (at: Instant): number => Math.floor(at / actedStepMs);
