import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../src/csv.ts';

test('reads rows and fields', () => {
  assert.deepEqual(parseCsv('a,b\nc,d\n'), [
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('leaves out empty lines and spaces around fields', () => {
  assert.deepEqual(parseCsv('\n a , b \n\n'), [['a', 'b']]);
});
