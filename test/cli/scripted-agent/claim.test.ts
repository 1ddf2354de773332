import { expect, test } from 'vitest';
import { type ClaimStep, claimArguments } from '../../../src/cli/scripted-agent/claim.ts';
import type { TaskId } from '../../../src/core/ids.ts';

test.each<[ClaimStep, string[]]>([
  [{ name: 'done', value: { summary: 'a b' } }, ['done', '--summary', 'a b']],
  [
    { name: 'done', value: { summary: 'a', 'scope-reason': 'b' } },
    ['done', '--summary', 'a', '--scope-reason', 'b'],
  ],
  [{ name: 'blocked', value: 'why' }, ['blocked', '--why', 'why']],
  [{ name: 'note', value: { to: 'eng-2', text: 'hi' } }, ['note', '--to', 'eng-2', 'hi']],
  [{ name: 'guide', value: 'x' }, ['guide', 'T-3', '--text', 'x']],
  [{ name: 'reassign', value: {} }, ['reassign', 'T-3']],
  [
    { name: 'reassign', value: { to: 'eng-2', text: 'x' } },
    ['reassign', 'T-3', '--to', 'eng-2', '--text', 'x'],
  ],
  [{ name: 'drop', value: 'x' }, ['drop', 'T-3', '--why', 'x']],
  [{ name: 'ask', value: 'x' }, ['ask', 'T-3', '--text', 'x']],
  [
    {
      name: 'add-task',
      value: {
        ...{ title: 't', body: 'b', priority: 'high', estimate: 30 },
        ...{ files: ['a', 'b'], accept: ['c'], depends: ['T-1'], tags: ['x'] },
      },
    },
    [
      ...['task', 'add', '--title', 't', '--body', 'b', '--priority', 'high'],
      ...['--file', 'a', '--file', 'b', '--accept', 'c', '--depends', 'T-1'],
      ...['--estimate', '30', '--tag', 'x'],
    ],
  ],
])('%o', (step, expected) => {
  expect(claimArguments(step, 'T-3' as TaskId)).toEqual(expected);
});
