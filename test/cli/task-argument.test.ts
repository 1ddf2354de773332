import { expect, test } from 'vitest';
import { memberArgument, taskArgument } from '../../src/cli/task-argument.ts';

test.each(['T-12', 't-12', '12'])('%s is the task T-12', word => {
  expect(taskArgument(word)).toBe('T-12');
});

test.each(['', 'T-', 'T-0', 'twelve', '../T-1', '--all', 'T-1\n', 'T-12345678'])(
  '%j is no task, and no path either',
  word => {
    expect(() => taskArgument(word)).toThrow(/is no task: write one like T-12/);
  },
);

test.each(['architect', 'manager', 'eng-12'])('%s may be a member', word => {
  expect(memberArgument(word)).toBe(word);
});

test.each(['', 'eng', 'eng-0', 'eng-100', '../eng-1', 'person'])('%j is no member', word => {
  expect(() => memberArgument(word)).toThrow(/there is no member/);
});
