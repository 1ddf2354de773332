import type { Agent } from '../../../core/agent.ts';
import type { Policy } from '../../../core/policy.ts';
import { type Account, type Budget, budgetOf, countedTokens } from '../../../core/usage/budget.ts';
import { outcomeShare, outputSinceOutcome } from '../../../core/usage/outcome.ts';
import type { Tokens, Usage } from '../../../core/usage/usage.ts';

/** `950`, `9.4k`, `52k`, `1.2M`: as exact as anybody reads. */
export function tokenCount(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 10_000) return `${(count / 1_000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1_000)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

export const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** A sum is only as known as its parts. */
export const costWords = (costUsd: number | null, isPartial = false): string =>
  costUsd === null ? 'cost not known' : `${isPartial ? '≥ ' : ''}${dollars(costUsd)}`;

export const tokenWords = (tokens: Tokens | null): string =>
  tokens === null
    ? 'tokens not known'
    : `${tokenCount(tokens.input)} in · ${tokenCount(tokens.cached)} cached · ${tokenCount(tokens.output)} out`;

export const usageWords = ({ tokens, costUsd }: Usage, isPartial = false): string =>
  `${tokenWords(tokens)} · ${costWords(costUsd, isPartial)}`;

const megabytes = (bytes: number): string =>
  bytes < 100_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** From this part of what policy allows on, output without an outcome is told: below it, it is ordinary work. */
const outcomeShareTold = 0.2;

/** What an engineer has put out since something last came of its work: `800k tokens, 3.1 MB`; null for little. */
export function outcomeWords(agent: Agent, policy: Policy): string | null {
  if (agent.role !== 'engineer' || outcomeShare(agent, policy) < outcomeShareTold) return null;
  const { tokens, bytes } = outputSinceOutcome(agent);
  const words = [
    ...(tokens ? [`${tokenCount(tokens)} tokens`] : []),
    ...(bytes ? [`${megabytes(bytes)} on its terminal`] : []),
  ];
  return words.length === 0 ? null : words.join(', ');
}

export const hasBudget = ({ dollars: money, tokens }: Budget): boolean =>
  money !== null || tokens !== null;

/** How much of a budget is used: `$1.20 of $5.00`, `40k of 200k tokens`; says where that is not known. */
export function budgetWords(account: Account, written: Budget): string {
  const budget = budgetOf(account, written);
  const counted = countedTokens(account.used);
  const { costUsd } = account.used;
  const money =
    budget.dollars === null
      ? []
      : costUsd === null
        ? [`${dollars(budget.dollars)}, but the cost is not known: it cannot be watched`]
        : [`${dollars(costUsd)} of ${dollars(budget.dollars)}`];
  const tokens =
    budget.tokens === null
      ? []
      : [
          `${counted === null ? 'not known' : tokenCount(counted)} of ${tokenCount(budget.tokens)} tokens`,
        ];
  return [...money, ...tokens].join(' · ');
}
