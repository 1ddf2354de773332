import { describe, expect, test } from 'vitest';
import { failingCountOf, failingTestsOf } from '../../../src/core/failure/failing-tests.ts';
import { findSpin } from '../../../src/core/failure/find-spin.ts';
import { fingerprintOf } from '../../../src/core/failure/fingerprint.ts';
import { normaliseLine } from '../../../src/core/failure/normalise.ts';
import { isTestFile } from '../../../src/core/failure/test-files.ts';

describe('a line without what changes from run to run', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['✖ keeps order (12.345ms)', '✖ keeps order (#)'],
    ['took 1.2 s of 30s', 'took # of #'],
    ['2030-06-03T09:30:00.123Z listening', '<time> listening'],
    ['[09:30:12] Starting', '[<time>] Starting'],
    ['at /srv/kim/work/src/queue.ts:12:7', 'at queue.ts:#:#'],
    ['C:\\work\\src\\queue.ts failed', 'queue.ts failed'],
    ['object 0x7ffee4b2 leaked', 'object <hex> leaked'],
    ['commit 3f2a9bc1d is bad', 'commit <hex> is bad'],
    ['id 123e4567-e89b-12d3-a456-426614174000', 'id <id>'],
    ['expected 820.00 to be ,820.00', 'expected # to be ,#'],
    ['the word defaced is a word', 'the word defaced is a word'],
  ];
  test.each(rows)('%s', (line, expected) => {
    expect(normaliseLine(line)).toBe(expected);
  });
});

describe('names of what failed', () => {
  const rows: readonly (readonly [string, string, readonly string[], number | null])[] = [
    [
      'node:test',
      '✖ separates thousands (0.8ms)\n✔ other (1ms)\nℹ tests 12\nℹ fail 1\n✖ failing tests:\n',
      ['separates thousands'],
      1,
    ],
    ['TAP', 'ok 1 - a\nnot ok 2 - b keeps 3\n# fail 1', ['b keeps #'], 1],
    [
      'vitest',
      ' FAIL  test/a.test.ts > queue > keeps order\n      Tests  1 failed | 3 passed (4)',
      ['test/a.test.ts > queue > keeps order'],
      1,
    ],
    [
      'jest',
      '  ● queue › keeps order\n\nTests:       2 failed, 1 passed',
      ['queue › keeps order'],
      2,
    ],
    [
      'pytest',
      'FAILED test_a.py::test_order - assert 1 == 2\n=== 1 failed, 2 passed in 0.1s ===',
      ['test_a.py::test_order - assert # == #'],
      1,
    ],
    ['go', '--- FAIL: TestOrder (0.00s)\nFAIL', ['TestOrder'], null],
    [
      'cargo',
      'test queue::order ... FAILED\ntest result: FAILED. 3 passed; 1 failed; 0 ignored',
      ['queue::order'],
      1,
    ],
    [
      'tsc',
      "src/a.ts(3,10): error TS2305: Module './b.ts' has no exported member 'c'.",
      ["src/a.ts(#): error TS2305: Module './b.ts' has no exported member 'c'."],
      null,
    ],
    ['nothing known', 'make: *** [check] Error 1', [], null],
  ];
  test.each(rows)('%s', (_name, output, names, count) => {
    expect([...failingTestsOf(output)]).toEqual(names);
    expect(failingCountOf(output)).toBe(count);
  });
});

describe('whether it is the same failure', () => {
  const red = (ms: number, got: number, line: number) =>
    `✖ keeps order (${ms}ms)\n  AssertionError: Expected values to be equal: ${got} !== 3\n` +
    `    at file:///tmp/run-${ms}/test/queue.test.ts:${line}:7\nℹ fail 1`;
  const key = (text: string) => fingerprintOf(text).key;

  test('other times, places and numbers are the same', () => {
    expect(key(red(12, 4, 10))).toBe(key(red(98, 5, 44)));
  });
  test('another message is another', () => {
    expect(key(red(1, 1, 1))).not.toBe(key(red(1, 1, 1).replace('AssertionError', 'TypeError')));
  });
  test('another count is another, though the rest was cut off', () => {
    expect(key(red(1, 1, 1))).not.toBe(key(red(1, 1, 1).replace('fail 1', 'fail 2')));
  });
  test('too little is said to tell', () => {
    expect(key('exit code 1')).toBeNull();
    expect(key('')).toBeNull();
  });
  test('a build that fails without any test still has a face', () => {
    expect(key('ld: symbol(s) not found for architecture arm64, linker failed')).not.toBeNull();
  });
});

const failing = (...names: readonly string[]) =>
  `${names.map(name => `✖ ${name} (1ms)\n  Error: ${name} is wrong`).join('\n')}\nℹ fail ${names.length}`;
const again = (excerpt: string, retouched: readonly string[] | null = ['src/a.ts']) => ({
  excerpt,
  retouched,
});

describe('when another try is wasted', () => {
  const rows: readonly (readonly [string, readonly string[], string | null])[] = [
    ['one failure is none', [failing('a')], null],
    ['the same twice', [failing('a'), failing('a')], 'same-failure'],
    ['another one', [failing('a'), failing('b')], null],
    ['fewer', [failing('a', 'b', 'c'), failing('b', 'c')], null],
    ['fewer, then fewer still', [failing('a', 'b', 'c'), failing('b', 'c'), failing('c')], null],
    ['A, B, A', [failing('a'), failing('b'), failing('a')], 'circle'],
    ['A, B, C', [failing('a'), failing('b'), failing('c')], null],
    ['more than before', [failing('a'), failing('a', 'b')], 'not-shrinking'],
    [
      'as many, among them all of before',
      [failing('a', 'b'), failing('b', 'a', 'c')],
      'not-shrinking',
    ],
    [
      'the same two, in other words',
      [failing('a', 'b'), failing('a', 'b').replaceAll('wrong', 'missing now')],
      'not-shrinking',
    ],
    [
      'one test that fails in another way has a second chance',
      [failing('a'), failing('a').replace('wrong', 'missing now')],
      null,
    ],
    ['as many, but others', [failing('a', 'b'), failing('b', 'c')], null],
    ['output that tells nothing, twice', ['exit code 1', 'exit code 1'], 'says-nothing'],
  ];
  test.each(rows)('%s', (_name, excerpts, rule) => {
    expect(findSpin(excerpts.map(text => again(text)))?.rule ?? null).toBe(rule);
  });

  test('a retry that changed tests only', () => {
    const tries = (files: readonly string[] | null) => [
      again(failing('a')),
      again(failing('b'), files),
    ];
    expect(findSpin(tries(['test/a.test.ts', 'src/__snapshots__/x.snap']))?.rule).toBe(
      'tests-only',
    );
    expect(findSpin(tries(['test/a.test.ts', 'src/a.ts']))).toBeNull();
    expect(findSpin(tries([]))).toBeNull();
    expect(findSpin(tries(null))).toBeNull();
  });
});

test.each([
  ['test/a.ts', true],
  ['src/queue.test.ts', true],
  ['pkg/queue_test.go', true],
  ['tests/test_a.py', true],
  ['src/QueueTest.java', true],
  ['src/attest.ts', false],
  ['src/testing.ts', false],
  ['src/latest/a.ts', false],
])('%s is a test: %s', (path, expected) => {
  expect(isTestFile(path)).toBe(expected);
});

test('sleeps, timeouts and skips are no retry', () => {
  const failed = (excerpt: string, waitsOnly: boolean) => ({
    ...{ excerpt, retouched: ['src/queue.ts'], waitsOnly },
  });
  const [first, second] = ['not ok 1 - keeps order', 'not ok 1 - keeps the lock'];
  expect(findSpin([failed(first, false), failed(second, true)])?.rule).toBe('waits-only');
  expect(findSpin([failed(first, false), failed(second, false)])).toBeNull();
});

test('a gate that says the same few words twice tells nobody what to mend', () => {
  const said = (excerpt: string) => ({ excerpt, retouched: null });
  expect(findSpin([said('make: 2 red'), said('make: 3 red')])?.rule).toBe('says-nothing');
  expect(findSpin([said('make: one is red'), said('make: two are red')])).toBeNull();
});
