import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { numbersOf, numbersSoFar } from '../../../src/core/numbers/numbers.ts';
import { PeriodFold } from '../../../src/core/numbers/period.ts';
import { emptyState } from '../../../src/core/state.ts';
import { minuteMs, smallWeek } from '../../support/small-week.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const team = smallWeek();

function numbersBetween(since: number | null, until: number | null, events = team.events) {
  const fold = new PeriodFold(since, until);
  for (const event of events) fold.take(event);
  return numbersOf(fold.end());
}

const whole = numbersBetween(null, null);
const valuesOf = ({ week, outcomes }: typeof whole) =>
  Object.fromEntries([...week, ...outcomes].map(({ id, value }) => [id, value]));
const figureOf = (id: string) => [...whole.week, ...whole.outcomes].find(one => one.id === id);

test('one of each thing that goes wrong is counted as what it is', () => {
  expect(valuesOf(whole)).toEqual({
    ...{ completed: 5, reassigned: 1, dropped: 1, gateCatches: 2, exhaustions: 1, conflicts: 1 },
    lines: 5,
    // 15 for T-1 and T-2, 11 for T-3, 2 for T-4, 2 for T-6, 6 for T-5; not the 30 of the pause.
    supervisedMs: 36 * minuteMs,
    sequentialMs: (60 + 20 + 30 + 10) * minuteMs,
    speedUp: 120 / 36,
    costUsd: 1.2,
    sequentialCostUsd: expect.closeTo(1.2 / (1 + (2 / 3) * (1 - 36 / 51)), 10),
    // T-6 alone: T-1 was caught, T-2 in conflict, T-3 reassigned, T-4 collided.
    firstPassRate: 1 / 5,
    // Of seven claims, the conflict and the collision say nothing, and T-1's first was not true.
    trueClaimsRate: 5 / 6,
    humanMs: 2 * minuteMs,
    decisions: 1,
    waitedMs: 2 * minuteMs,
    costPerTaskUsd: 1.2 / 5,
    lostMs: (5 + 6) * minuteMs,
    lostCostUsd: 0.4,
  });
});

test('a task whose file comes back in a later period was not dropped a minus first time in it', () => {
  const since = team.now + 1;
  const back = { column: 'backlog', planned: true, at: since + minuteMs } as const;
  const returned: Event = { type: 'task.returned', task: 'T-5' as TaskId, ...back };
  const later = numbersBetween(since, null, [...team.events, returned]);
  expect(valuesOf(later)).toMatchObject({ dropped: 0 });
  expect(valuesOf(numbersBetween(null, null, [...team.events, returned]))).toMatchObject({
    dropped: 0,
  });
});

test('an estimate is called one, and what is missing from it is said', () => {
  const estimates = [...whole.week, ...whole.outcomes].filter(one => one.isEstimate);
  expect(estimates.map(({ id }) => id)).toEqual(['sequentialMs', 'speedUp', 'sequentialCostUsd']);
  expect(figureOf('sequentialMs')).toMatchObject({ isAtLeast: true });
  expect(figureOf('sequentialMs')?.how).toMatch(/4 completed tasks; 1 more has none/);
  // Nobody told what eng-2 costs.
  for (const id of ['costUsd', 'sequentialCostUsd', 'costPerTaskUsd', 'lostCostUsd'])
    expect(figureOf(id), id).toMatchObject({ isAtLeast: true });
});

test('every figure says how it was measured, and nothing else is null than what is not', () => {
  for (const { id, how } of [...whole.week, ...whole.outcomes])
    expect(how.length, id).toBeGreaterThan(10);
});

test('what an engineer spent on a task that another one landed is without outcome', () => {
  const [, , first, second] = whole.members;
  const tokens = { input: 0, cached: 0 };
  expect(first).toMatchObject({
    ...{ agent: 'eng-1', attempts: 3, landed: 1, givenBack: 1, ms: 20 * minuteMs },
    used: { costUsd: 1.2, tokens: { ...tokens, output: 8_000 } },
    lost: { ms: 5 * minuteMs, used: { costUsd: 0.4, tokens: { ...tokens, output: 2_000 } } },
  });
  expect(second).toMatchObject({
    ...{ agent: 'eng-2', attempts: 7, landed: 4, givenBack: 2, ms: 31 * minuteMs },
    used: { costUsd: null, tokens: null },
    lost: { ms: 6 * minuteMs, used: { costUsd: null } },
  });
  expect(whole.members[1]).toMatchObject({ agent: 'manager', lost: null });
});

test('tasks have their own rows', () => {
  const rows = whole.tasks.map(one => [one.task, one.outcome, one.gateCatches, one.conflicts]);
  expect(rows).toEqual([
    ['T-1', 'landed', 1, 0],
    ['T-2', 'landed', 0, 1],
    ['T-3', 'landed', 0, 0],
    ['T-4', 'landed', 1, 0],
    ['T-6', 'landed', 0, 0],
    ['T-5', 'dropped', 0, 0],
  ]);
  expect(whole.tasks[2]).toMatchObject({ agents: ['eng-1', 'eng-2'], ms: 11 * minuteMs });
});

test('cut anywhere, the parts together are the whole', () => {
  const first = team.events[0]?.at ?? 0;
  const sums = [
    ...['completed', 'reassigned', 'dropped', 'gateCatches', 'exhaustions', 'conflicts', 'lines'],
    ...['supervisedMs', 'sequentialMs', 'costUsd', 'humanMs', 'decisions', 'waitedMs'],
  ];
  const wholeValues = valuesOf(whole);
  const endsOf = ({ members, tasks }: typeof whole) => ({
    landed: members.reduce((sum, { landed }) => sum + landed, 0),
    givenBack: members.reduce((sum, { givenBack }) => sum + givenBack, 0),
    catches: tasks.reduce((sum, { gateCatches }) => sum + gateCatches, 0),
  });
  const workOf = ({ members }: typeof whole) => members.reduce((sum, { ms }) => sum + ms, 0);
  for (let minute = 0; minute < 70; minute += 1) {
    // Beside every fact, so that none of them is in question.
    const at = first + minute * minuteMs + 30_000;
    const [before, after] = [numbersBetween(null, at), numbersBetween(at, null)];
    const [one, other] = [valuesOf(before), valuesOf(after)];
    for (const id of sums)
      expect((one[id] ?? 0) + (other[id] ?? 0), `${id}, ${minute}`).toBeCloseTo(
        wholeValues[id] ?? 0,
        6,
      );
    expect(workOf(before) + workOf(after), `work, ${minute}`).toBe(workOf(whole));
    const [early, late] = [endsOf(before), endsOf(after)];
    expect({
      landed: early.landed + late.landed,
      givenBack: early.givenBack + late.givenBack,
      catches: early.catches + late.catches,
    }).toEqual(endsOf(whole));
  }
});

test('before anything has happened nothing is measured, and nothing is invented', () => {
  const { week, outcomes, members, tasks } = numbersSoFar(emptyState, 1_000);
  expect([...members, ...tasks]).toEqual([]);
  const known = [...week, ...outcomes].filter(({ value }) => value !== null);
  expect(known.every(({ value }) => value === 0)).toBe(true);
  const unknown = [...week, ...outcomes].filter(({ value }) => value === null);
  expect(unknown.map(({ id }) => id)).toEqual([
    ...['sequentialMs', 'speedUp', 'costUsd', 'sequentialCostUsd', 'firstPassRate'],
    ...['trueClaimsRate', 'humanMs', 'costPerTaskUsd', 'lostCostUsd'],
  ]);
});

test('what was judged by its commits, because nobody claimed anything, is no claim', () => {
  const isOfLast = (event: (typeof team.events)[number]) =>
    event.type === 'attempt.submitted' && event.task === 'T-6';
  const events = team.events.map(event =>
    isOfLast(event) ? { ...event, claimed: false } : event,
  ) as typeof team.events;
  expect(valuesOf(numbersBetween(null, null, events))).toMatchObject({
    ...{ trueClaimsRate: 4 / 5, completed: 5, firstPassRate: 1 / 5 },
  });
});

test('an engineer that waits for the gate is not at work', () => {
  const slow = new TeamDriver(1);
  slow.addTasks({ 'T-1': contentOf('Keep the order') });
  slow.pass(5 * minuteMs);
  slow.claim('T-1');
  slow.build('T-1');
  slow.pass(20 * minuteMs);
  slow.gate('passed');
  slow.land('T-1');
  const { members, week } = numbersSoFar(slow.state, slow.now);
  expect(members.find(({ agent }) => agent === 'eng-1')).toMatchObject({ ms: 5 * minuteMs });
  expect(week.find(({ id }) => id === 'supervisedMs')).toMatchObject({ value: 25 * minuteMs });
});
