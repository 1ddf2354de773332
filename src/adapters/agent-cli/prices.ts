import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Tokens } from '../../core/usage/usage.ts';

const price = z.number().min(0);
const rate = z.strictObject({ input: price, cached: price, output: price });
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const model = rate.extend({
  long: rate.extend({ above: z.int().positive() }).optional(),
  until: day.optional(),
});
const schema = z.array(
  z.strictObject({ source: z.string().min(1), date: day, models: z.record(z.string(), model) }),
);

type Rate = z.infer<typeof rate>;
type Price = Rate & { readonly long?: (Rate & { readonly above: number }) | undefined };

/** Dollars for a million tokens of each model, as they were on the day of their list. */
export type Prices = ReadonlyMap<string, Price>;

export const noPrices: Prices = new Map();

const today = () => new Date().toISOString().slice(0, 10);

/**
 * The prices that hold on a day, `2026-11-26`. Throws when the file that ships with the program is not what it
 * should be.
 */
export function loadPrices(path: string, on = today()): Prices {
  const lists = schema.parse(parse(readFileSync(path, 'utf8')));
  const models = lists.flatMap(list => Object.entries(list.models));
  return new Map(models.filter(([, { until }]) => until === undefined || on <= until));
}

/**
 * What the tokens of one request cost, in dollars; null for a model whose price is not known. `prompt`: tokens
 * of its whole prompt, which decide about its rate.
 */
export function costOf(
  prices: Prices,
  name: string,
  { input, cached, output }: Tokens,
  prompt = input + cached,
): number | null {
  const known = prices.get(name);
  if (known === undefined) return null;
  const of = known.long !== undefined && prompt > known.long.above ? known.long : known;
  return (input * of.input + cached * of.cached + output * of.output) / 1_000_000;
}
