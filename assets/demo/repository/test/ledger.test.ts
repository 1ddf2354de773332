import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLedger, totalsByCategory } from '../src/ledger.ts';

const text = '2026-03-02,rent,820\n2026-03-05,tools,64.50\n2026-04-02,rent,820\n';

test('reads entries', () => {
  assert.deepEqual(parseLedger(text)[1], { date: '2026-03-05', category: 'tools', amount: 6450 });
});

test('names the line that it cannot read', () => {
  assert.throws(() => parseLedger('2026-03-02,rent,820\nyesterday,tools,1\n'), /line 2/);
});

test('adds up by category, the largest first', () => {
  assert.deepEqual(totalsByCategory(parseLedger(text)), [
    ['rent', 164000],
    ['tools', 6450],
  ]);
});
