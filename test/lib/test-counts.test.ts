import { expect, test } from 'vitest';
import { TestCounter } from '../../src/lib/test-counts.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

const testCounts = (rows: readonly string[]) => {
  const counter = new TestCounter();
  for (const row of rows) counter.take(row);
  return counter.counts;
};

const outputs: readonly (readonly [string, string, readonly [number, number, number]])[] = [
  ['node, TAP', '# tests 4\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0', [2, 1, 1]],
  ['node, its own report', 'ℹ tests 44\nℹ pass 41\nℹ fail 0\nℹ skipped 2\nℹ todo 1', [41, 0, 3]],
  ['TAP', 'TAP version 13\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP no disk\n1..3', [1, 1, 1]],
  ['TAP within TAP', '    ok 1 - inner\n    not ok 2 - inner\nnot ok 1 - outer\n1..1', [0, 1, 0]],
  [
    'vitest',
    ' Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 62 passed (63)',
    [62, 1, 0],
  ],
  ['jest', 'Tests:       1 failed, 2 skipped, 3 passed, 6 total\nTime: 2 s', [3, 1, 2]],
  ['pytest', '==== 1 failed, 3 passed, 2 skipped in 0.12s ====', [3, 1, 2]],
  ['pytest, quiet', '3 passed in 0.02s', [3, 0, 0]],
  [
    'cargo',
    'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n' +
      'test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured',
    [7, 2, 1],
  ],
  [
    'go -v',
    '--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.01s)\n    --- SKIP: TestB/x (0.00s)',
    [1, 1, 1],
  ],
  [
    'go',
    'ok  \texample.com/a\t0.012s\nFAIL\texample.com/b\t0.020s\nok  \texample.com/c\t(cached)',
    [2, 1, 0],
  ],
  ['JUnit', '<testsuites tests="10" failures="1" errors="1" skipped="2" time="1.2">', [6, 2, 2]],
  ['mocha', '  12 passing (30ms)\n  1 pending\n  2 failing', [12, 2, 1]],
  ['plain', '12 passed, 3 failed', [12, 3, 0]],
];

test.each(outputs)('%s', (_, output, [passed, failed, skipped]) => {
  expect(testCounts(output.split('\n'))).toEqual({ passed, failed, skipped });
});

test('prose about tests is no count', () => {
  expect(testCounts(['I ran the tests and 3 passed I think', 'okay then', ''])).toBeNull();
});

test.each([
  `1 ${'1111111111 '.repeat(150)}pass`,
  `1 passed${', 1 a'.repeat(400)}`,
  `Tests${' 1'.repeat(900)} pass`,
  `<testsuite ${'tests= '.repeat(280)}`,
])('a row that no runner writes does not keep the program busy', row => {
  expect(cpuMsOf(() => new TestCounter().take(row))).toBeLessThan(1_000);
});
