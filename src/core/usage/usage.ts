/** Tokens so far. `input` does not hold what was read from the provider's cache. */
export type Tokens = {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
};

/** What was used so far; null: nothing has told it. */
export type Usage = { readonly tokens: Tokens | null; readonly costUsd: number | null };

export const noUsage: Usage = { tokens: null, costUsd: null };

/** Sums of many small amounts stay readable: a millionth of a dollar is less than anybody charges. */
const rounded = (dollars: number) => Math.round(dollars * 1_000_000) / 1_000_000;

export const plusUsage = (one: Usage, other: Usage): Usage => ({
  tokens: joined(one.tokens, other.tokens, plusTokens),
  costUsd: joined(one.costUsd, other.costUsd, (a, b) => rounded(a + b)),
});

/** What one does not tell is taken from the other. */
const joined = <Amount>(
  one: Amount | null,
  other: Amount | null,
  join: (one: Amount, other: Amount) => Amount,
): Amount | null => (one === null ? other : other === null ? one : join(one, other));

const plusTokens = (one: Tokens, other: Tokens): Tokens => ({
  input: one.input + other.input,
  cached: one.cached + other.cached,
  output: one.output + other.output,
});

/**
 * What one session used between two readings of its meter. Tokens are read from records that are read again
 * after a resumption, so less than before is old news; dollars are counted by the program while it runs, so less
 * than before means that it began again at nothing.
 */
export function usedSince(before: Usage, told: Usage): Usage {
  const was = before.tokens ?? { input: 0, cached: 0, output: 0 };
  const more = (key: keyof Tokens) => Math.max(0, (told.tokens?.[key] ?? 0) - was[key]);
  const paid = before.costUsd ?? 0;
  return {
    tokens:
      told.tokens === null
        ? null
        : { input: more('input'), cached: more('cached'), output: more('output') },
    costUsd:
      told.costUsd === null
        ? null
        : rounded(told.costUsd < paid ? told.costUsd : told.costUsd - paid),
  };
}

/** Where the meter of the session stands after this reading. */
export const meterAfter = (before: Usage, told: Usage): Usage => ({
  tokens: joined(before.tokens, told.tokens, (was, is) => ({
    input: Math.max(was.input, is.input),
    cached: Math.max(was.cached, is.cached),
    output: Math.max(was.output, is.output),
  })),
  costUsd: told.costUsd ?? before.costUsd,
});

export const isSameUsage = (one: Usage, other: Usage): boolean =>
  one.costUsd === other.costUsd && isSameTokens(one.tokens, other.tokens);

const isSameTokens = (one: Tokens | null, other: Tokens | null): boolean =>
  one?.input === other?.input && one?.cached === other?.cached && one?.output === other?.output;
