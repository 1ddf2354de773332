import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, parseDuration } from '../src/duration.ts';

test('reads hours and minutes', () => {
  assert.equal(parseDuration('90m'), 90);
  assert.equal(parseDuration('2h'), 120);
  assert.equal(parseDuration('1h 30m'), 90);
});

test('refuses what is no duration', () => {
  assert.throws(() => parseDuration(''), RangeError);
  assert.throws(() => parseDuration('soon'), RangeError);
});

test('writes hours and minutes', () => {
  assert.equal(formatDuration(45), '45m');
  assert.equal(formatDuration(120), '2h');
  assert.equal(formatDuration(90), '1h 30m');
});
