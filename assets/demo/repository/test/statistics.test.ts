import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, median, sum } from '../src/statistics.ts';

test('sums', () => {
  assert.equal(sum([1, 2, 3]), 6);
  assert.equal(sum([]), 0);
});

test('averages', () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.throws(() => mean([]), RangeError);
});

test('finds the middle', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([1, 2, 3, 10]), 2.5);
  assert.throws(() => median([]), RangeError);
});
