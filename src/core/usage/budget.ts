import type { AgentId, Instant } from '../ids.ts';
import { noUsage, type Usage } from './usage.ts';

/** What may be used before the person is asked; null: no bound. */
export type Budget = {
  readonly dollars: number | null;
  /** Read afresh and written; what came from the provider's cache does not count. */
  readonly tokens: number | null;
};

export const noBudget: Budget = { dollars: null, tokens: null };

/** A budget that is used up, until the person has decided. */
export type Overspent = {
  readonly since: Instant;
  readonly kind: 'dollars' | 'tokens';
  readonly spent: number;
  readonly limit: number;
  /** The engineer that was paused for it; null for the budget of the run, or when it was paused already. */
  readonly heldBack: AgentId | null;
  /** The whole team was paused for it. */
  readonly holdsTeam: boolean;
};

/** What a task or the whole run has used, and what the person has allowed it beyond its budget. */
export type Account = {
  readonly used: Usage;
  /** The budget as the person raised it; null: as it is written. */
  readonly grant: Budget | null;
  readonly overspent: Overspent | null;
};

export const newAccount: Account = { used: noUsage, grant: null, overspent: null };

/** Of two bounds the wider one; where there is none, none. A grant never narrows what is written. */
const wider = (written: number | null, granted: number | null | undefined): number | null =>
  written === null ? null : Math.max(written, granted ?? 0);

/** The budget that holds at the moment. */
export const budgetOf = ({ grant }: Account, written: Budget): Budget => ({
  dollars: wider(written.dollars, grant?.dollars),
  tokens: wider(written.tokens, grant?.tokens),
});

/** Tokens as a budget counts them; null: not known. */
export const countedTokens = ({ tokens }: Usage): number | null =>
  tokens === null ? null : tokens.input + tokens.output;

/** Which bound is reached; null while none is. An amount that nothing tells reaches no bound. */
export function overspending(
  account: Account,
  written: Budget,
): Pick<Overspent, 'kind' | 'spent' | 'limit'> | null {
  const { dollars, tokens } = budgetOf(account, written);
  const { costUsd } = account.used;
  const counted = countedTokens(account.used);
  if (dollars !== null && costUsd !== null && costUsd >= dollars)
    return { kind: 'dollars', spent: costUsd, limit: dollars };
  if (tokens !== null && counted !== null && counted >= tokens)
    return { kind: 'tokens', spent: counted, limit: tokens };
  return null;
}

/** The same again, on top of what is used already where that is more than was allowed. */
export function raisedBudget(account: Account, written: Budget): Budget {
  const { dollars, tokens } = budgetOf(account, written);
  const again = (limit: number | null, spent: number | null, own: number | null) =>
    limit === null || own === null ? null : Math.max(limit, spent ?? 0) + own;
  return {
    dollars: again(dollars, account.used.costUsd, written.dollars),
    tokens: again(tokens, countedTokens(account.used), written.tokens),
  };
}
