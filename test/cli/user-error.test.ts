import { expect, test } from 'vitest';
import { UserError } from '../../src/cli/user-error.ts';

test('what a message quotes gives the terminal no orders, and its lines stay', () => {
  const { message } = new UserError('team.yaml:1:1\n  k\u001b[31mey\u0007: there is no such key.');
  expect(message).toBe('team.yaml:1:1\n  key: there is no such key.');
});
