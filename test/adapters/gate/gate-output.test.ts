import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GateOutput } from '../../../src/adapters/gate/gate-output.ts';
import { failureExcerptCharsMax } from '../../../src/core/limits.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const logBytesMax = 100_000;
let folder: string;
let output: GateOutput;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  output = new GateOutput(join(folder, 'log'), logBytesMax);
});
afterEach(() => {
  output.close();
  rmSync(folder, { recursive: true });
});

const take = (text: string) => output.take(Buffer.from(text));
const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');

test.each([
  'not ok 7 - adds\n',
  '\u001b[31m ✖ adds\u001b[39m\n',
  '\u001b[1m\u001b[41m FAIL \u001b[49m\u001b[22m test/a.test.ts\n',
  'AssertionError: expected 1 to be 2\n',
  '--- FAIL: TestAdd (0.00s)\n',
  "thread 'main' panicked at src/main.rs:2\n".replace("thread 'main' ", ''),
  'E   assert 1 == 2\n',
  'error[E0308]: mismatched types\n',
])('the excerpt shows a failure in the middle: %j', sign => {
  take(lines(2_000, 'passing'));
  take(sign);
  take('the reason\n');
  take(lines(2_000, 'more'));
  const excerpt = output.excerpt('test: exited with code 1');
  expect(excerpt).toMatch(/^test: exited with code 1\n/);
  expect(excerpt).toContain('the reason');
  expect(excerpt).toContain('more 1999');
  expect(excerpt.length).toBeLessThanOrEqual(failureExcerptCharsMax);
  expect(excerpt).not.toContain('\u001b');
});

test.each([
  ['blank lines', '\n'],
  ['blank lines as an old Mac ends them', '\r'],
  ['blanks', ' '],
  ['colours', '\u001b[0m\n'],
  ['colours without an end', '\u001b[1;'],
  ['one long name', 'a.'],
  ['names of errors in one row', 'Error. '],
])('%s without an end do not keep the program busy', (_name, piece) => {
  const chunk = Buffer.from(piece.repeat(65_536 / piece.length));
  expect(cpuMsOf(() => output.take(chunk))).toBeLessThan(1_000);
});

test('without a sign the end is shown; what an earlier command printed is not', () => {
  take('not ok 1 - of the command before\n');
  output.startOver();
  take(lines(5_000, 'line'));
  const excerpt = output.excerpt('v');
  expect(excerpt).toContain('line 4999');
  expect(excerpt).not.toContain('not ok');
});

test('the tail for the screen is bounded in lines and width, and joins what came in pieces', () => {
  take(lines(1_000, 'line'));
  for (const part of ['be', 'gun and ', 'ended\n', 'next']) take(part);
  expect(output.tail).toHaveLength(200);
  expect(output.tail.slice(-2)).toEqual(['begun and ended', 'next']);
  take('x'.repeat(100_000));
  expect(output.tail.at(-1)?.length).toBeLessThanOrEqual(2_000);
});

test('letters that are cut between two pieces stay whole', () => {
  const bytes = Buffer.from('größe 日本 🦉\n');
  for (const byte of bytes) output.take(Buffer.from([byte]));
  expect(output.tail).toEqual(['größe 日本 🦉']);
});

test('the file holds the bytes as they came, up to a bound, and says that it ends there', () => {
  take('\u001b[31mred\u001b[0m\n');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('\u001b[31mred\u001b[0m\n');
  const megabyte = Buffer.alloc(1_000_000, 'x\n');
  for (let count = 0; count < 60; count += 1) output.take(megabyte);
  take('the end\n');
  expect(statSync(join(folder, 'log')).size).toBeLessThan(logBytesMax + 100);
  expect(output.tail.at(-1)).toBe('the end');
});
