import { expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { simulate } from './simulate.ts';

/** Few enough for the time of one test on a machine that is busy. */
const seedsPerTest = 20;
const firstSeeds = Array.from({ length: 25 }, (_, index) => 1 + index * seedsPerTest);

test.each(firstSeeds)('twenty teams in twenty faulty worlds, from seed %i on', first => {
  for (let seed = first; seed < first + seedsPerTest; seed += 1) simulate(seed);
});

test('the same seed gives the same run', () => {
  expect(simulate(7).journal).toEqual(simulate(7).journal);
});

/** Kinds of events that need several things to go wrong at once. */
const rare: readonly Event['type'][] = [
  ...([
    'attempt.withdrawn',
    'landing.abandoned',
    'attempt.conflicted',
    'attempt.collided',
  ] as const),
  ...(['run.ended', 'task.split', 'agent.nudged'] as const),
];

test('the seeds reach every kind of event', () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 500 && rare.some(type => !seen.has(type)); seed += 1)
    for (const { type } of simulate(seed).journal) seen.add(type);
  for (const type of rare) expect(seen).toContain(type);
  expect(seen.size).toBeGreaterThanOrEqual(58);
});
