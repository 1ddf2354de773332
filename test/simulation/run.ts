// `npm run sim -- --seeds 5000 --seed 1`: as many seeds as wanted, from the given one on. `--week --runs 1000`:
// weeks at the failure rates of the week.
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { playWeeks, theWeek } from './week/week.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    week: { type: 'boolean' },
    runs: { type: 'string' },
  },
});
const first = Number(values.seed ?? 1);
const count = Number(values.runs ?? values.seeds ?? (values.seed === undefined ? 500 : 1));
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  console.error('usage: npm run sim -- [--seeds COUNT] [--seed FIRST] [--week --runs COUNT]');
  process.exit(2);
}

if (values.week) {
  const { runs, ...sums } = playWeeks(count, theWeek, first);
  for (const [name, sum] of Object.entries(sums))
    console.log(`${(sum / runs).toFixed(2).padStart(12)} ${name} in a week`);
  console.log(`${runs} weeks, no fault found`);
  process.exit(0);
}

const startedAt = performance.now();
const counts = new Map<string, number>();
let turns = 0;
for (let seed = first; seed < first + count; seed += 1) {
  try {
    const outcome = simulate(seed);
    turns += outcome.turns;
    for (const { type } of outcome.journal) counts.set(type, (counts.get(type) ?? 0) + 1);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
const seconds = (performance.now() - startedAt) / 1_000;
for (const [type, number] of [...counts].sort((a, b) => b[1] - a[1]))
  console.log(`${String(number).padStart(9)} ${type}`);
console.log(`${count} seeds, ${turns} turns, no fault found, ${seconds.toFixed(1)} s`);
