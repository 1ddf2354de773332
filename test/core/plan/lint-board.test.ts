import { expect, test } from 'vitest';
import { shapeOf } from '../../../src/core/plan/critical-path.ts';
import { lintBoard } from '../../../src/core/plan/lint.ts';
import { createPlan, type PlanTask } from '../../../src/core/plan/plan.ts';
import { noFacts } from '../../../src/core/plan/plan-facts.ts';
import { brief, ids, planTask } from './plan-builder.ts';

const lintOf = (board: readonly PlanTask[], engineers = 3) => lintBoard(board, noFacts, engineers);

/** Titles that are not alike, for tasks that are only there to be counted. */
const words = ['anchor', 'bridge', 'candle', 'dragon', 'engine', 'flower'];
const parts = (dependsOn: readonly (readonly string[])[], minutes = 30) =>
  dependsOn.map((on, index) =>
    planTask(`T-${index + 1}`, `Build ${words[index]} ${words[index]}s`, {
      ...{ files: [`src/${index}.ts`], estimateMinutes: minutes, dependsOn: ids(...on) },
    }),
  );

test('speaks of each pair once, from the younger task', () => {
  const file = { files: ['src/queue.ts'] };
  const board = [
    planTask('T-1', 'Keep the order', file),
    planTask('T-2', 'Drop old entries', file),
  ];
  expect(lintOf(board).map(one => [one.task, one.other, one.rule])).toEqual([
    ['T-2', 'T-1', 'overlap'],
  ]);
});

test('names every task of a circle, and one that waits for itself', () => {
  const board = parts([['T-2'], ['T-3'], ['T-1'], ['T-4'], []]);
  const circle = lintOf(board).filter(one => one.rule === 'cycle');
  expect(circle.map(one => one.reason)).toEqual([
    'T-1 waits for T-2, which waits for T-1',
    'T-2 waits for T-3, which waits for T-2',
    'T-3 waits for T-1, which waits for T-3',
    'T-4 waits for itself',
  ]);
  expect(circle.every(one => one.severity === 'error')).toBe(true);
});

test('a chain needs one engineer, tasks beside each other a team', () => {
  const chain = parts([[], ['T-1'], ['T-2'], ['T-3']]);
  expect(brief(lintOf(chain))).toEqual(['warning critical-path']);
  expect(lintOf(chain)[0]?.reason).toBe(
    'T-1 → T-2 → T-3 → T-4 is 100 % of all work: 3 engineers gain 1.0×',
  );
  expect(lintOf(chain)[0]?.remedy).toContain('one engineer');
  expect(lintOf(chain, 1)).toEqual([]);
  expect(lintOf(parts([[], [], [], []]))).toEqual([]);
  expect(lintOf(parts([[], ['T-1']]))).toEqual([]);
});

test('70 % is still a team', () => {
  const board = parts([[], ['T-1'], [], [], []], 35).map((task, index) =>
    index < 2 ? task : { ...task, estimateMinutes: 10 },
  );
  expect(shapeOf(createPlan(board, noFacts, 3))).toMatchObject({
    totalMinutes: 100,
    pathMinutes: 70,
  });
  expect(lintOf(board)).toEqual([]);
});

test('the shape of a plan counts open work only and survives a circle', () => {
  const [first, ...rest] = parts([[], ['T-1'], ['T-1'], []]) as [PlanTask, ...PlanTask[]];
  const board = [{ ...first, standing: 'landed' as const }, ...rest];
  expect(shapeOf(createPlan(board, noFacts, 2))).toEqual({
    ...{
      tasks: 3,
      totalMinutes: 90,
      pathMinutes: 30,
      path: ['T-2'],
      costRatio: expect.closeTo(4 / 3),
      speedUp: 2,
    },
  });
  expect(shapeOf(createPlan(parts([['T-2'], ['T-1']]), noFacts, 2)).totalMinutes).toBe(60);
  expect(shapeOf(createPlan([], noFacts, 2)).speedUp).toBe(1);
});
