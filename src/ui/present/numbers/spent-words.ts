import type { Spent } from '../../../core/numbers/tried.ts';
import { countedTokens } from '../../../core/usage/budget.ts';
import type { Usage } from '../../../core/usage/usage.ts';
import { dollars, tokenCount } from '../usage/usage-words.ts';
import { durationWords, notMeasured } from './figure-words.ts';

/** Read afresh and written, as a budget counts them. */
export function tokensMeasured(used: Usage): string {
  const tokens = countedTokens(used);
  return tokens === null ? notMeasured : tokenCount(tokens);
}

export const costMeasured = ({ costUsd }: Usage): string =>
  costUsd === null ? notMeasured : dollars(costUsd);

/** What went into work of which nothing came: `5 min, 2.0k tokens, $0.40`; what nobody told is left out. */
export function lostWords({ ms, used }: Spent): string {
  if (ms === 0 && used.tokens === null && used.costUsd === null) return 'none';
  return [
    durationWords(ms),
    ...(used.tokens === null ? [] : [`${tokensMeasured(used)} tokens`]),
    ...(used.costUsd === null ? [] : [dollars(used.costUsd)]),
  ].join(', ');
}
