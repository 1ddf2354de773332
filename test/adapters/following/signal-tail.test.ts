import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TailOptions, tailSignals } from '../../../src/adapters/following/signal-tail.ts';

let folder: string;
let path: string;
let lines: string[];
let stops: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  path = join(folder, 'signals.jsonl');
  lines = [];
  stops = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  rmSync(folder, { recursive: true, force: true });
});

const tail = (options?: TailOptions) => {
  const stop = tailSignals(path, line => lines.push(line), options);
  stops.push(stop);
  return stop;
};
const expectLines = (...expected: string[]) => expect.poll(() => lines).toEqual(expected);

test('tells what was there, then what comes, once and in order', async () => {
  writeFileSync(path, 'a\nb\n');
  tail();
  expect(lines).toEqual([]);
  await expectLines('a', 'b');
  appendFileSync(path, 'c\n');
  await expectLines('a', 'b', 'c');
  for (let count = 0; count < 50; count += 1) appendFileSync(path, `${count}\n`);
  await expect.poll(() => lines.length).toBe(53);
  expect(lines.slice(3).map(Number)).toEqual(Array.from({ length: 50 }, (_, index) => index));
});

test('waits for a file that is not there yet', async () => {
  tail();
  writeFileSync(path, 'first\n');
  await expectLines('first');
});

test('begins at the end when asked to', async () => {
  writeFileSync(path, 'old\ntorn');
  tail({ from: 'end' });
  appendFileSync(path, ' line\nnew\n');
  await expectLines('torn line', 'new');
});

test('a torn last line waits for its end, also within a character', async () => {
  const bytes = Buffer.from('é1\né2\n');
  tail();
  writeFileSync(path, bytes.subarray(0, 5));
  await expectLines('é1');
  appendFileSync(path, bytes.subarray(5));
  await expectLines('é1', 'é2');
});

test('a file that was cut or replaced is read from its beginning', async () => {
  writeFileSync(path, 'one\ntwo\n');
  tail();
  await expectLines('one', 'two');
  truncateSync(path, 0);
  appendFileSync(path, 'a\n');
  await expectLines('one', 'two', 'a');
  const other = join(folder, 'other');
  writeFileSync(other, 'replaced by a longer one\n');
  renameSync(other, path);
  await expectLines('one', 'two', 'a', 'replaced by a longer one');
});

test('skips a line too long for any signal, and goes on behind it', async () => {
  tail();
  writeFileSync(path, `a\n${'x'.repeat(3_000_000)}\nb\n`);
  await expectLines('a', 'b');
});

test('says nothing after it was stopped, not even in the midst of a piece', async () => {
  const seen: string[] = [];
  writeFileSync(path, 'a\nb\nc\n');
  const stop = tailSignals(path, line => {
    seen.push(line);
    if (line === 'b') stop();
  });
  tail();
  await expectLines('a', 'b', 'c');
  appendFileSync(path, 'd\n');
  await expectLines('a', 'b', 'c', 'd');
  expect(seen).toEqual(['a', 'b']);
});

test('a pipe in the place of the file makes nobody wait', async () => {
  execFileSync('mkfifo', [path]);
  tail();
  await setTimeout(0);
  rmSync(path);
  writeFileSync(path, 'a line\n');
  await expectLines('a line');
});
