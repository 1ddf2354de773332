import { expect, test } from 'vitest';
import { playWeeks, theWeek } from './week.ts';

const runs = 10;

test('weeks with the failure rates of the week: no untested tree lands, every run ends, every bound holds', () => {
  // All three are checked after every turn of every run; here only whether the rates are those asked for.
  const sum = playWeeks(runs);
  const mean = (count: number) => count / runs;
  // A task that is split lands as its parts.
  expect(mean(sum.landed)).toBeGreaterThanOrEqual(theWeek.tasks - 1);
  expect(mean(sum.landed)).toBeLessThan(theWeek.tasks + 2);
  for (const name of ['gateCatches', 'conflicts', 'exhaustions', 'reassigned'] as const) {
    expect(mean(sum[name]), name).toBeGreaterThan(theWeek[name] / 2);
    expect(mean(sum[name]), name).toBeLessThan(theWeek[name] * 2);
  }
});

test('a week of other rates is another week', () => {
  const rates = { ...theWeek, gateCatches: 0, conflicts: 0, exhaustions: 0, reassigned: 0 };
  const sum = playWeeks(2, rates);
  expect(sum).toMatchObject({ conflicts: 0, exhaustions: 0 });
  expect(sum.landed).toBe(2 * theWeek.tasks);
});
