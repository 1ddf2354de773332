import { expect, test } from 'vitest';
import { batchesOf, cleanUpOf } from '../../../src/core/plan/batch.ts';
import type { PlanTask } from '../../../src/core/plan/plan.ts';
import { ids, planTask } from './plan-builder.ts';

const trifle = (id: string, title: string, more: Partial<PlanTask> = {}) =>
  planTask(id, title, { estimateMinutes: 3, ...more });
const namesOf = (board: readonly PlanTask[]) =>
  batchesOf(board).map(batch => batch.map(task => task.id));

test('small tasks that stand alone go together, and nothing else', () => {
  expect(
    namesOf([
      trifle('T-1', 'Mend the typo'),
      planTask('T-2', 'Write the parser'),
      trifle('T-3', 'Name the flag'),
      trifle('T-4', 'Drop the alias', { dependsOn: ids('T-2') }),
      trifle('T-5', 'Add the type'),
      planTask('T-6', 'Use the type', { dependsOn: ids('T-5') }),
      trifle('T-7', 'Was done', { standing: 'landed' }),
    ]),
  ).toEqual([['T-1', 'T-3']]);
});

test('one trifle stays alone, and a batch is no large task', () => {
  expect(namesOf([trifle('T-1', 'Mend the typo')])).toEqual([]);
  const many = Array.from({ length: 20 }, (_, index) => trifle(`T-${index + 1}`, `Part ${index}`));
  expect(namesOf(many).map(batch => batch.length)).toEqual([10, 10]);
});

test('each original is an item, and every acceptance command still runs', () => {
  const content = cleanUpOf([
    trifle('T-1', 'Mend the typo', {
      ...{ files: ['README.md'], accept: ['! grep teh README.md'], tags: ['docs'] },
      body: 'It says\n`teh`.',
    }),
    trifle('T-3', 'Name the flag', {
      ...{ files: ['src/cli.ts', 'README.md'], accept: ['npm test'], priority: 'high' },
    }),
  ]);
  expect(content).toEqual({
    title: 'Clean up 2 small things (T-1, T-3)',
    priority: 'high',
    tags: ['clean-up', 'docs'],
    dependsOn: [],
    files: ['README.md', 'src/cli.ts'],
    accept: ['! grep teh README.md', 'npm test'],
    estimateMinutes: 6,
    body: [
      'Do each of these, one commit per item.',
      '',
      '- [ ] T-1: Mend the typo',
      '      It says',
      '      `teh`.',
      '      Accepted by: ! grep teh README.md',
      '- [ ] T-3: Name the flag',
      '      Accepted by: npm test',
      '',
    ].join('\n'),
  });
});
