import { expect, test } from 'vitest';
import { budgetParts, parseBudget } from '../../../src/core/usage/parse-budget.ts';

test.each([
  [['$5'], { dollars: 5, tokens: null }],
  [['0.50 dollars'], { dollars: 0.5, tokens: null }],
  [['12 USD'], { dollars: 12, tokens: null }],
  [['200k tokens'], { dollars: null, tokens: 200_000 }],
  [['1.5M tokens', '$40'], { dollars: 40, tokens: 1_500_000 }],
  [['5'], null],
  [['$0'], null],
  [['-$5'], null],
  [['$5', '$6'], null],
  [['5 euros'], null],
  [['$1e9'], null],
  [[], null],
])('%j', (parts, budget) => {
  expect(parseBudget(parts)).toEqual(budget);
});

test('what is written is read as the same', () => {
  for (const budget of [
    { dollars: 2.5, tokens: 1_234 },
    { dollars: 40, tokens: 20_000_000 },
  ])
    expect(parseBudget(budgetParts(budget))).toEqual(budget);
});
