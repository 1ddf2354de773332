import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLedger, renderReport, renderTimeLine } from '../src/index.ts';

test('shows one line per category', () => {
  const lines = renderReport(parseLedger('2026-03-02,rent,820\n2026-03-05,tools,64.50\n')).split('\n');
  assert.equal(lines.length, 3);
  assert.match(lines[0]!, /^category +total/);
  assert.match(lines[1]!, /^rent +820\.00/);
  assert.match(lines[2]!, /^tools +64\.50/);
});

test('tells the time', () => {
  assert.equal(renderTimeLine(95), 'time spent: 1h 35m');
});
