import { expect, it } from 'vitest';
import { didYouMean, nearestWord } from '../../src/lib/nearest-word.ts';

const known = ['done', 'doing', 'backlog', 'in-progress', 'stallTimeout'];

it.each([
  ['doen', 'done'],
  ['Doing', 'doing'],
  ['in progress', 'in-progress'],
  ['inprogres', 'in-progress'],
  ['backlok', 'backlog'],
  ['stall_time_out', 'stallTimeout'],
  ['ready', null],
  ['x', null],
  ['', null],
  ['x'.repeat(100_000), null],
])('%s is most like %s', (word, nearest) => {
  expect(nearestWord(word, known)).toBe(nearest);
});

it('suggests a word, or says nothing', () => {
  expect(didYouMean('dine', known)).toBe(' Did you mean “done”?');
  expect(didYouMean('zzz', known)).toBe('');
});
