import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTable } from '../src/table.ts';

test('makes columns as wide as their widest cell', () => {
  const rows = [
    ['name', 'place'],
    ['Kim', 'Oslo'],
    ['Alexandra', 'Rome'],
  ];
  assert.equal(renderTable(rows), 'name       place\nKim        Oslo\nAlexandra  Rome');
});

test('leaves no spaces at the end of lines', () => {
  assert.equal(renderTable([['a', ''], ['bb', 'c']]), 'a\nbb  c');
});
