import { type Budget, noBudget } from './budget.ts';

const factors: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };
const dollarsPattern =
  /^(?:\$ ?(\d{1,7}(?:\.\d{1,2})?)|(\d{1,7}(?:\.\d{1,2})?) ?(?:\$|usd|dollars?))$/;
const tokensPattern = /^(\d{1,12}(?:\.\d{1,3})?) ?([km]?) ?(?:tokens?|tok)$/;

/** How a budget is written, for whoever wrote it otherwise. */
export const budgetHint =
  'write dollars like $5, tokens like 200k tokens, or both: [$5, 2M tokens]';

/** A budget of parts like `$5`, `5 dollars`, `200k tokens`, `2M tokens`; null when a part is none, or is there twice. */
export function parseBudget(parts: readonly string[]): Budget | null {
  let budget = noBudget;
  for (const part of parts) {
    const bound = boundOf(part.trim().toLowerCase());
    const [name] = Object.keys(bound ?? {}) as (keyof Budget)[];
    if (bound === null || name === undefined || budget[name] !== null) return null;
    budget = { ...budget, ...bound };
  }
  return parts.length === 0 ? null : budget;
}

function boundOf(part: string): Partial<Budget> | null {
  const money = dollarsPattern.exec(part);
  if (money !== null) return positive('dollars', Number(money[1] ?? money[2]));
  const count = tokensPattern.exec(part);
  if (count === null) return null;
  return positive('tokens', Math.round(Number(count[1]) * (factors[count[2] ?? ''] ?? 1)));
}

const positive = (name: keyof Budget, amount: number): Partial<Budget> | null =>
  amount > 0 ? { [name]: amount } : null;

/** The parts that `parseBudget` reads as this very budget. */
export const budgetParts = ({ dollars, tokens }: Budget): readonly string[] => [
  ...(dollars === null ? [] : [`$${Number.isInteger(dollars) ? dollars : dollars.toFixed(2)}`]),
  ...(tokens === null ? [] : [`${wholeCount(tokens)} tokens`]),
];

function wholeCount(count: number): string {
  if (count % 1_000_000 === 0) return `${count / 1_000_000}M`;
  return count % 1_000 === 0 ? `${count / 1_000}k` : String(count);
}
