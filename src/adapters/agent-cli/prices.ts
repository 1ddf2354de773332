import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Tokens } from '../../core/usage/usage.ts';

const price = z.number().min(0);
const schema = z.strictObject({
  date: z.string(),
  source: z.string(),
  models: z.record(z.string(), z.strictObject({ input: price, cached: price, output: price })),
});

/** Dollars for a million tokens of each model, as they were on a day. */
export type Prices = z.infer<typeof schema>;

export const noPrices: Prices = { date: '', source: '', models: {} };

/** Throws when the file that ships with the program is not what it should be. */
export const loadPrices = (path: string): Prices => schema.parse(parse(readFileSync(path, 'utf8')));

/** What these tokens cost, in dollars; null for a model whose price is not known. */
export function costOf({ models }: Prices, model: string, tokens: Tokens): number | null {
  const rate = Object.hasOwn(models, model) ? models[model] : undefined;
  if (rate === undefined) return null;
  const { input, cached, output } = tokens;
  return (input * rate.input + cached * rate.cached + output * rate.output) / 1_000_000;
}
