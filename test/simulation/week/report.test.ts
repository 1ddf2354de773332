// The report folds a journal; the simulation counts as it plays. Both must have seen the same week.
import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event.ts';
import { numbersOf } from '../../../src/core/numbers/numbers.ts';
import { PeriodFold } from '../../../src/core/numbers/period.ts';
import { simulateSetting } from '../simulate.ts';
import { theWeek, weekOf } from './week.ts';

const seeds = [1, 2, 3];

test.each(seeds)('week %i: the report of its journal says what the simulation counted', seed => {
  const { journal, counters } = simulateSetting(seed, weekOf(theWeek));
  const { values, numbers } = reportOf(journal);
  expect(values).toMatchObject({
    completed: counters.landed,
    ...{ reassigned: counters.reassigned, dropped: counters.dropped },
    ...{ gateCatches: counters.gateCatches, exhaustions: counters.exhaustions },
    conflicts: counters.conflicts,
    lines: counters.linesAdded + counters.linesRemoved,
  });
  const landedBy = numbers.members.reduce((sum, { landed }) => sum + landed, 0);
  expect(landedBy).toBe(counters.landed);
  const caught = numbers.tasks.reduce((sum, one) => sum + one.gateCatches, 0);
  expect(caught).toBe(counters.gateCatches);
  const conflicts = numbers.tasks.reduce((sum, one) => sum + one.conflicts, 0);
  expect(conflicts).toBe(counters.conflicts);
});

test.each(seeds)('week %i: rates are those of a count by hand', seed => {
  const { journal } = simulateSetting(seed, weekOf(theWeek));
  const { values } = reportOf(journal);
  const { passed, judged, kept, told } = countByHand(journal);
  expect(values['firstPassRate']).toBe(passed / judged);
  expect(values['trueClaimsRate']).toBe(kept / told);
});

function reportOf(journal: readonly Event[]) {
  const fold = new PeriodFold();
  for (const event of journal) fold.take(event);
  const numbers = numbersOf(fold.end());
  const figures = [...numbers.week, ...numbers.outcomes];
  const values: Record<string, number | null> = Object.fromEntries(
    figures.map(({ id, value }) => [id, value]),
  );
  return { values, numbers };
}

const givenBack = ['attempt.failed', 'attempt.conflicted', 'attempt.collided', 'attempt.sentBack'];

/** From the facts alone, without the state that they make. */
function countByHand(journal: readonly Event[]) {
  const spoilt = new Set<string>();
  const judged = new Set<string>();
  const passed = new Set<string>();
  const claimed = new Set<string>();
  let [kept, told] = [0, 0];
  for (const event of journal) {
    if (!('task' in event) || event.task === null) continue;
    const { task } = event;
    const isLanding = event.type === 'landing.finished';
    if (event.type === 'task.escalated' || event.type === 'task.reassigned') spoilt.add(task);
    if (event.type === 'attempt.submitted' && event.claimed) claimed.add(task);
    if (event.type === 'attempt.submitted' && !event.claimed) claimed.delete(task);
    if (isLanding && !judged.has(task)) passed.add(task);
    const isFailure = event.type === 'attempt.failed';
    if (claimed.has(task) && (isLanding || isFailure)) told += 1;
    if (claimed.has(task) && isLanding) kept += 1;
    if (!isLanding && !givenBack.includes(event.type)) continue;
    judged.add(task);
    claimed.delete(task);
  }
  for (const task of spoilt) passed.delete(task);
  return { passed: passed.size, judged: judged.size, kept, told };
}
