import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeOf, messageOf } from '../../src/lib/thrown.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('what Node throws has a code and a message', () => {
  const error = thrownBy(() => readFileSync('no/such/file'));
  expect(codeOf(error)).toBe('ENOENT');
  expect(messageOf(error)).toContain('no such file');
});

test.each([
  ['an error without a code', new Error('said'), 'said'],
  ['an error whose code is a number', Object.assign(new Error('said'), { code: 5 }), 'said'],
  ['a text', 'said', 'said'],
  ['nothing', undefined, 'undefined'],
])('of %s there is a message, and no code', (_name, thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
  expect(codeOf(thrown)).toBeNull();
});
