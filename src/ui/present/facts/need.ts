import type { AgentId, TaskId } from '../../../core/ids.ts';
import type { ActionId } from '../../actions/action-ids.ts';

/** A subject is cut to so many columns in the list: what must be read stands within. */
export const subjectColumnsMax = 24;

/** One thing that only the person can settle. */
export type Need = {
  readonly key: string;
  readonly kind:
    | 'question'
    | 'budget'
    | 'escalation'
    | 'review'
    | 'plan'
    | 'lint'
    | 'trunk'
    | 'message'
    | 'exited'
    | 'outage'
    | 'goal'
    | 'teamFile'
    | 'disk'
    | 'program'
    | 'update'
    | 'receipts'
    | 'unsaved'
    | 'journal'
    | 'behind';
  readonly agent: AgentId | null;
  readonly task: TaskId | null;
  /** Of the agent's question. */
  readonly question: string | null;
  /** Of the message that did not arrive. */
  readonly message: string | null;
  /** Key of what went wrong outside. */
  readonly concern: string | null;
  /** What it is about, short: `eng-2 asks`. */
  readonly subject: string;
  readonly text: string;
  /** What settles it while the list has the focus, each with a word for it. */
  readonly answers: readonly (readonly [ActionId, string])[];
  /** So many of them, from the first, settle it from every panel while it is the marked one. */
  readonly anywhere: number;
  readonly since: number;
};

export type Seed = Pick<Need, 'key' | 'kind' | 'subject' | 'text' | 'answers' | 'since'> &
  Partial<Need>;
