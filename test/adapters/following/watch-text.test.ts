import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchText } from '../../../src/adapters/following/watch-text.ts';

let folder = '';
let stop = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-watch-'));
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

const eventually = (texts: readonly string[], last: string) =>
  expect.poll(() => texts.at(-1), { timeout: 5_000 }).toBe(last);

test('tells the text as it is, and after each change, however it comes', async () => {
  const path = join(folder, 'state.json');
  const texts: string[] = [];
  writeFileSync(path, 'one');
  stop = watchText(path, text => texts.push(text));
  await eventually(texts, 'one');
  writeFileSync(path, 'two two');
  await eventually(texts, 'two two');
  writeFileSync(`${path}.new`, 'three');
  renameSync(`${path}.new`, path);
  await eventually(texts, 'three');
});

test('waits for a folder that is not there yet, and never tells what is too large to be a state', async () => {
  const path = join(folder, 'later', 'state.json');
  const texts: string[] = [];
  stop = watchText(path, text => texts.push(text));
  mkdirSync(join(folder, 'later'));
  writeFileSync(path, 'x'.repeat(100_000));
  writeFileSync(path, 'small');
  await eventually(texts, 'small');
  expect(texts.every(text => text.length < 1_000)).toBe(true);
});

test('tells the names in a folder, the last ones of very many', async () => {
  const path = join(folder, 'chats');
  const texts: string[] = [];
  stop = watchText(path, text => texts.push(text));
  mkdirSync(path);
  writeFileSync(join(path, 'b'), '');
  await eventually(texts, 'b');
  writeFileSync(join(path, 'a'), '');
  await eventually(texts, 'a\nb');
  for (let index = 0; index < 600; index += 1) writeFileSync(join(path, `c${1_000 + index}`), '');
  await expect.poll(() => texts.at(-1)?.split('\n').at(-1), { timeout: 5_000 }).toBe('c1599');
  expect(texts.at(-1)?.split('\n').length).toBe(500);
});

test('a pipe in the place of the file makes nobody wait', async () => {
  const path = join(folder, 'state.json');
  const texts: string[] = [];
  execFileSync('mkfifo', [path]);
  stop = watchText(path, text => texts.push(text));
  await setTimeout(0);
  rmSync(path);
  writeFileSync(path, 'a file');
  await eventually(texts, 'a file');
});
