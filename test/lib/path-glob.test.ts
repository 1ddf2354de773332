import { expect, it } from 'vitest';
import { matchesGlob } from '../../src/lib/path-glob.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

it.each([
  ['src/queue.ts', 'src/queue.ts', true],
  ['src/queue.ts', './src/queue.ts', true],
  ['src/queue.ts', 'src', true],
  ['src/queue.ts', 'src/', true],
  ['src2/queue.ts', 'src', false],
  ['src/queue.ts', 'src/queue', false],
  ['src/queue.ts', 'src/*.ts', true],
  ['src/a/queue.ts', 'src/*.ts', false],
  ['src/a/b/queue.ts', 'src/**/*.ts', true],
  ['src/queue.ts', 'src/**/*.ts', true],
  ['src/a/queue.test.ts', '**/*.test.ts', true],
  ['queue.test.ts', '**/*.test.ts', true],
  ['src/a/b.ts', 'src/**', true],
  ['lib/a/b.ts', 'src/**', false],
  ['src/a.ts', 'src/?.ts', true],
  ['src/ab.ts', 'src/?.ts', false],
  ['src/a.tsx', 'src/*.{ts,tsx}', true],
  ['src/a.js', 'src/*.{ts,tsx}', false],
  ['a/c/x', '{a,b}/{c,d}', true],
  ['src/{a', 'src/{a', true],
  ['src/[id]/page.ts', 'src/[id]/page.ts', true],
  ['src/i/page.ts', 'src/[id]/page.ts', false],
  ['a+b.ts', 'a+b.ts', true],
  ['any/thing', '.', true],
  ['any/thing', '**', true],
  ['any/thing', '', false],
])('%s under %s: %s', (path, pattern, expected) => {
  expect(matchesGlob(path, pattern)).toBe(expected);
});

it('takes its time from no pattern', () => {
  const path = `${'a'.repeat(2_000)}/${'a/'.repeat(500)}b`;
  const patterns = ['*a'.repeat(200), '**/'.repeat(200), '{a,b}'.repeat(200), '{'.repeat(5_000)];
  const ms = cpuMsOf(() => {
    for (const pattern of patterns) expect(matchesGlob(path, `${pattern}c`)).toBe(false);
  });
  expect(ms).toBeLessThan(4_000);
});
