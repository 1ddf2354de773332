import { parseCsv } from './csv.ts';
import { addMoney, type Cents, parseMoney } from './money.ts';

export type Entry = {
  /** `2026-03-02`. */
  readonly date: string;
  readonly category: string;
  readonly amount: Cents;
};

/** Reads lines of `date,category,amount`. Throws a RangeError that names the line. */
export function parseLedger(text: string): Entry[] {
  return parseCsv(text).map(([date = '', category = '', amount = ''], index) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`line ${index + 1}: no date: ${date}`);
    return { date, category, amount: parseMoney(amount) };
  });
}

/** Totals by category, the largest first. */
export function totalsByCategory(entries: readonly Entry[]): [category: string, total: Cents][] {
  const categories = [...new Set(entries.map(entry => entry.category))];
  return categories
    .map((category): [string, Cents] => [
      category,
      addMoney(entries.filter(entry => entry.category === category).map(entry => entry.amount)),
    ])
    .sort(([, a], [, b]) => b - a);
}
