import { describe, expect, test } from 'vitest';
import { whyWaiting } from '../../../src/core/board.ts';
import type { Command } from '../../../src/core/input.ts';
import { draftOf, draftShape } from '../../../src/core/plan/draft.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { State } from '../../../src/core/state.ts';
import type { Task } from '../../../src/core/task.ts';
import { lineText } from '../../../src/ui/present/line.ts';
import { needsYou } from '../../../src/ui/present/needs.ts';
import { rowsOfPlan } from '../../../src/ui/present/views/plan-view.ts';
import { agent, agentId, check, state, task, taskId } from '../../support/core-builders.ts';

const drafted = (id: string, more: Partial<Task> = {}) =>
  task(id, {
    ...{ column: 'backlog', planned: false, addedBy: agentId('architect'), estimateMinutes: 30 },
    ...more,
  });
const waitsFor = (...names: readonly string[]) => ({ dependsOn: names.map(taskId) });
const team = [agent('architect'), agent('eng-1'), agent('eng-2')];
const plan = state({
  agents: team,
  tasks: [
    drafted('T-1'),
    drafted('T-2', waitsFor('T-1')),
    drafted('T-3'),
    drafted('T-4', waitsFor('T-2', 'T-3')),
    task('T-5', { column: 'backlog', planned: false, addedBy: 'person' }),
  ],
});
const review = { plan: 'review' } as const;

describe('a draft', () => {
  test('is a tree of what waits for what, each task once', () => {
    expect(
      draftOf(plan).map(({ task: { id }, depth, alsoAfter }) => [id, depth, alsoAfter]),
    ).toEqual([
      ['T-1', 0, []],
      ['T-2', 1, []],
      ['T-4', 2, ['T-3']],
      ['T-3', 0, []],
    ]);
  });

  test('whose tasks wait in a circle is shown all the same', () => {
    const circle = state({
      tasks: [drafted('T-1', waitsFor('T-2')), drafted('T-2', waitsFor('T-1'))],
    });
    expect(draftOf(circle).map(({ task: { id } }) => id)).toEqual(['T-1', 'T-2']);
  });

  test('is worth what a team gains over one engineer, and what that costs', () => {
    const { totalMinutes, pathMinutes, speedUp, costRatio } = draftShape(plan);
    expect([totalMinutes, pathMinutes]).toEqual([120, 90]);
    expect(speedUp).toBeCloseTo(120 / 90);
    expect(costRatio).toBeCloseTo(1 + (2 / 3) * (1 - 90 / 120));
  });

  test('in a single file costs what one engineer costs', () => {
    const row = state({ agents: team, tasks: [drafted('T-1'), drafted('T-2', waitsFor('T-1'))] });
    expect(draftShape(row)).toMatchObject({ speedUp: 1, costRatio: 1 });
  });

  test('is one thing for the person to look at, accepted with one key from anywhere', () => {
    const [need, ...others] = needsYou(plan, defaultPolicy);
    expect(others).toEqual([]);
    expect(need).toMatchObject({ subject: 'a plan of 4 tasks', anywhere: 1 });
    expect(need?.answers[0]).toEqual(['plan.accept', 'accept']);
    expect(need?.text).toMatch(/^120 min/);
    const busy = agent('architect', { status: 'working' });
    const growing = { ...plan, agents: { ...plan.agents, [busy.id]: busy } };
    expect(needsYou(growing, defaultPolicy)[0]?.text).toMatch(/^still being written, 120 min/);
  });

  test('that was written while the person wanted one is not lost when they want none any more', () => {
    expect(needsYou(plan, { ...defaultPolicy, plan: 'auto' })).toHaveLength(1);
  });

  test('is none any more once the person has put it back by hand', () => {
    const shelved = [drafted('T-1', { since: 1 }), drafted('T-2')];
    expect(draftOf(state({ tasks: shelved })).map(one => one.task.id)).toEqual(['T-2']);
  });

  test('says of itself what it waits for', () => {
    expect(whyWaiting(plan, drafted('T-1'))).toBe('a draft: waits for you to accept the plan');
  });

  test('is drawn with its branches, and says what is left out', () => {
    const rows = rowsOfPlan({ state: plan, excluded: [taskId('T-3')], width: 60 });
    const texts = rows.map(row => lineText(row.line).trimEnd());
    expect(texts[0]).toContain('4 tasks, 1 left out');
    expect(texts.slice(-5).map(text => text.slice(0, 20))).toEqual([
      ' [x] T-1 Count the b',
      ' [x] └─ T-2 Count th',
      ' [x]    └─ T-4 Count',
      '       waits for T-3',
      ' [ ] T-3 Count the b',
    ]);
  });
});

test('a draft that is nearly one chain says so, and what would be better', () => {
  const textsOf = (given: State) =>
    rowsOfPlan({ state: given, excluded: [], width: 200 }).map(row => lineText(row.line));
  const doubt = textsOf(plan).find(text => text.includes('critical-path'));
  expect(doubt).toContain('T-1 → T-2 → T-4 is 75 % of all work: 2 engineers gain 1.3×');
  expect(doubt).toContain('Would pass: let one engineer do it, or cut the chain');
  const wide = state({ agents: team, tasks: ['T-1', 'T-2', 'T-3'].map(id => drafted(id)) });
  expect(textsOf(wide).join()).not.toContain('critical-path');
});

const accept = (...names: readonly string[]): Command => ({
  ...{ type: 'plan.accept', tasks: names.map(taskId) },
});

describe('the person', () => {
  check(
    'accepts some: they are worked on, the others stay in the draft',
    state({
      agents: [agent('eng-1', { paused: true, pausedAt: 0 })],
      tasks: [drafted('T-1'), drafted('T-2')],
    }),
    accept('T-2'),
    ['task.readied T-2 why="its plan was accepted"'],
    review,
  );
  check(
    'accepts what waits for another: it goes on waiting',
    state({
      agents: [agent('eng-1', { paused: true, pausedAt: 0 })],
      tasks: [drafted('T-1'), drafted('T-2', waitsFor('T-1'))],
    }),
    accept('T-1', 'T-2'),
    [
      'task.readied T-1 why="its plan was accepted"',
      'task.planned T-2 why="its plan was accepted"',
    ],
    review,
  );
  check('accepts none', plan, accept(), [], review);
  check('cannot accept what is not in the draft', plan, accept('T-1', 'T-5'), [], review);
  check(
    'sends it back: its tasks go, and the architect has the note as a goal',
    state({ agents: [agent('architect', { status: 'working' })], tasks: [drafted('T-1')] }),
    { type: 'plan.sendBack', tasks: [taskId('T-1')], text: 'smaller, please' },
    [
      'task.dropped T-1 by=person why="sent back: smaller, please"',
      'message.sent id=M-1 kind=goal from=person to=architect text="Your plan is sent back, and these tasks are taken from the board: T-1 (Count the boats). Plan them again, with this in mind:\\n\\nsmaller, please"',
    ],
    review,
  );
});
