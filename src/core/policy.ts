import { defaultRoutes, type MessageRoutes } from './mail/message-routes.ts';
import { type Budget, noBudget } from './usage/budget.ts';

/** The person's rules, read from team.yaml. Decisions use the policy of the moment; facts keep what was decided. */
export type Policy = {
  /** Attempts after the first, per assignment. Two: behaviour, section 7. */
  readonly retriesMax: number;
  /** `auto` lands what is green, `review` asks always, `risky` asks when tests look weakened. */
  readonly land: 'auto' | 'review' | 'risky';
  /** `review` keeps the architect's tasks as a draft until the person accepts them; `auto` makes them ready at once. */
  readonly plan: 'auto' | 'review';
  /** Who may write to whom. */
  readonly messages: MessageRoutes;
  /** An agent CLI that has not shown its input prompt after this is restarted. */
  readonly startTimeoutMs: number;
  /** A prompt whose receipt the agent CLI did not confirm in this time is delivered again. */
  readonly deliveryTimeoutMs: number;
  /** Working without a commit, a claim or any change of status for longer than this is stalled. */
  readonly stallTimeoutMs: number;
  /** An engineer that is idle at its prompt without a claim is nudged after this. */
  readonly nudgeAfterMs: number;
  /** The manager's time for one escalation; then the person is asked. */
  readonly managerTimeoutMs: number;
  /** The architect's time to split one task; then the person is asked. */
  readonly architectTimeoutMs: number;
  /** In the demo only: a permission question that nobody answered is answered `yes` after this. Null: never. */
  readonly answerPermissionsAfterMs: number | null;
  /** Part of the context window after which a session takes no new task. */
  readonly contextNoNewTask: number;
  /** Part of the context window after which the work is handed to a fresh session. */
  readonly contextHandoff: number;
  /** Tokens of the smallest context window of an engineer; null: as their programs tell. */
  readonly engineerWindow: number | null;
  /** Dollars that an engineer may spend without a landed task before the manager is asked. */
  readonly spendWithoutOutcomeUsd: number;
  /** The same in tokens, what came from the cache left out, and in bytes on its terminal. */
  readonly tokensWithoutOutcome: number;
  readonly bytesWithoutOutcome: number;
  /** Of each task, unless it has its own, and of the whole run; then the person is asked. */
  readonly budgets: { readonly task: Budget; readonly run: Budget };
};

export const defaultPolicy: Policy = {
  retriesMax: 2,
  land: 'risky',
  plan: 'review',
  messages: defaultRoutes,
  startTimeoutMs: 60_000,
  deliveryTimeoutMs: 10_000,
  stallTimeoutMs: 20 * 60_000,
  nudgeAfterMs: 30_000,
  managerTimeoutMs: 10 * 60_000,
  architectTimeoutMs: 30 * 60_000,
  answerPermissionsAfterMs: null,
  contextNoNewTask: 0.6,
  contextHandoff: 0.85,
  engineerWindow: null,
  spendWithoutOutcomeUsd: 10,
  tokensWithoutOutcome: 3_000_000,
  bytesWithoutOutcome: 200_000_000,
  budgets: { task: noBudget, run: noBudget },
};
