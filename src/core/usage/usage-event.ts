import type { AgentId, TaskId } from '../ids.ts';
import type { Budget, Overspent } from './budget.ts';
import type { Tokens } from './usage.ts';

/** What was used, and what becomes of a budget. */
export type UsageEvent =
  | {
      readonly type: 'agent.measured';
      readonly agent: AgentId;
      readonly contextUsed: number | null;
      /** Of the session so far, as its agent CLI tells it. */
      readonly costUsd: number | null;
      readonly tokens?: Tokens | null;
      /** Left out where the agent CLI does not tell. */
      readonly model?: string;
      /** Tokens of the whole context window; left out where the agent CLI does not tell. */
      readonly contextWindow?: number;
    }
  /** A bound of the task, or of the run, is reached: whoever spends on it is paused, the person is asked. */
  | {
      readonly type: 'budget.crossed';
      /** Null: the budget of the run. */
      readonly task: TaskId | null;
      readonly overspent: Overspent;
    }
  /** The person decided, or whatever was spent on has gone another way. */
  | {
      readonly type: 'budget.settled';
      readonly task: TaskId | null;
      readonly answer: 'raise' | 'stop';
      /** What may be used in all before the person is asked again. */
      readonly grant: Budget;
    };
