import { expect, test } from 'vitest';
import { OutputCounts } from '../../../src/adapters/gate/output-counts.ts';

const noise = (rows: number) => 'compiling a file of the program\n'.repeat(rows);
const countsOf = (...pieces: readonly string[]) => {
  const counts = new OutputCounts();
  for (const piece of pieces) counts.take(piece);
  return counts.counts;
};

test('a count that is followed by thousands of rows is still there', () => {
  expect(countsOf('Tests: 1 failed, 3 passed, 4 total\n', noise(5_000))).toMatchObject({
    ...{ passed: 3, failed: 1 },
  });
});

test('tests far above the end of the output count, too', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `ok ${index + 1} - a\n`).join('');
  expect(countsOf('not ok 0 - a\n', many, noise(300))).toEqual({
    ...{ passed: 3_000, failed: 1, skipped: 0 },
  });
});

test('rows come in pieces, with colours and over progress that is drawn away', () => {
  const pieces = [
    '\u001b[1mTests',
    '\u001b[22m  \u001b[31m1 fai',
    'led\u001b[39m | 6 passed (7)',
    '\n',
  ];
  expect(countsOf(...pieces)).toMatchObject({ passed: 6, failed: 1 });
  expect(countsOf('10 %\r60 %\r12 passed, 3 failed\r\n')).toMatchObject({ passed: 12, failed: 3 });
});

test('the same tests run by a second command are not more tests', () => {
  const counts = new OutputCounts();
  counts.take('ok 1 - a\nok 2 - b\n');
  counts.startOver();
  expect(counts.counts).toMatchObject({ passed: 2 });
  counts.take('nothing here\nok 1 - a\n');
  expect(counts.counts).toMatchObject({ passed: 1 });
});

test('a row without an end holds no more than its bound', () => {
  const counts = new OutputCounts();
  for (let times = 0; times < 1_000; times += 1) counts.take('x'.repeat(10_000));
  counts.take('\n7 passed, 1 failed\n');
  expect(counts.counts).toMatchObject({ passed: 7 });
});
