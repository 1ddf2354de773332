import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import { Fold, foldFacts } from '../../../src/core/apply/fold.ts';
import type { Event } from '../../../src/core/event.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { beforeFact, receiptsOf } from '../../../src/core/receipt/receipts-of.ts';
import { emptyState } from '../../../src/core/state.ts';
import { plainContent } from '../../contract/plain-content.ts';
import { simulate } from '../../simulation/simulate.ts';

const added = (id: string): Event => ({
  ...{ type: 'task.added', at: 1, task: id as TaskId, by: 'person' },
  ...{ content: plainContent, column: 'ready', planned: true },
});
const escalated = (id: string): Event => ({
  ...{ type: 'task.escalated', at: 2, task: id as TaskId, to: 'manager', why: 'x' },
  ...{ from: null, deadline: null },
});

test('a fold makes true what fact after fact does, and the same receipts due', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { journal } = simulate(seed);
    const fold = new Fold();
    let state = emptyState;
    for (const [index, event] of journal.entries()) {
      const next = apply(state, event);
      const due = receiptsOf(state, event, next, index);
      const before = beforeFact(fold.state, event);
      fold.take(event);
      expect(receiptsOf(before, event, fold.state, index)).toEqual(due);
      state = next;
    }
    expect(fold.keep()).toEqual(state);
    expect(foldFacts(journal)).toEqual(state);
  }
});

test('no fact about one task copies all of them', () => {
  const fold = new Fold();
  fold.take(added('T-1'));
  const { tasks } = fold.state;
  for (const event of [added('T-2'), escalated('T-1'), added('T-3')]) fold.take(event);
  expect(fold.state.tasks).toBe(tasks);
  expect(Object.keys(tasks)).toHaveLength(3);
  expect(fold.state.tasks['T-1' as TaskId]?.escalations).toBe(1);
});

test('what is kept stays as it was while the fold goes on, and so does what it began with', () => {
  const first = apply(emptyState, added('T-1'));
  const fold = new Fold(first);
  fold.take(added('T-2'));
  const kept = fold.keep();
  fold.take(added('T-3'));
  const counts = [emptyState, first, kept, fold.state].map(one => Object.keys(one.tasks).length);
  expect(counts).toEqual([0, 1, 2, 3]);
  expect(apply(kept, added('T-4')).tasks).not.toBe(kept.tasks);
});
