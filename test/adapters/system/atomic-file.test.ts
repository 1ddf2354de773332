import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFileAtomically,
  writeFileAtomically,
} from '../../../src/adapters/system/atomic-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('writes, replaces, and leaves nothing else behind', async () => {
  const path = join(folder, 'board.json');
  await writeFileAtomically(path, 'one');
  await writeFileAtomically(path, 'zwei ✓');
  expect(readFileSync(path, 'utf8')).toBe('zwei ✓');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['board.json']);
});

test('gives the file exactly the mode that was asked for', async () => {
  const path = join(folder, 'belfry');
  await writeFileAtomically(path, '#!/bin/sh\n', 0o755);
  expect(statSync(path).mode & 0o777).toBe(0o755);
});

test('a failed write keeps the old file and removes its draft', async () => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'full'), { recursive: true });
  await expect(writeFileAtomically(path, 'text')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('creates once: of many that race one does, and its text stays', async () => {
  const path = join(folder, 'key');
  const made = await Promise.all(['a', 'b', 'c'].map(text => createFileAtomically(path, text)));
  expect(made.filter(isMade => isMade)).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe(['a', 'b', 'c'][made.indexOf(true)]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['key']);
});

test('readers see one whole text or the other while writers race', async () => {
  const path = join(folder, 'status.json');
  const texts = ['a', 'b'].map(letter => letter.repeat(200_000));
  await writeFileAtomically(path, texts[0] ?? '');
  const writers = Promise.all(
    Array.from({ length: 20 }, (_, n) => writeFileAtomically(path, texts[n % 2] ?? '')),
  );
  let isDone = false;
  void writers.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    expect(texts).toContain(readFileSync(path, 'utf8'));
    await new Promise(resolve => setImmediate(resolve));
  }
  await writers;
});
