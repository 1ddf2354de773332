import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBoundedFile } from '../../../src/adapters/system/read-bounded-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'belfry-bounded-'));
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  writeFileSync(at('good'), 'gate: häfen\n');
  symlinkSync('good', at('link'));
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('/dev/zero', at('endless'));
  symlinkSync('pipe', at('link-to-pipe'));
  symlinkSync('gone', at('dangling'));
  symlinkSync('circle', at('circle'));
  writeFileSync(at('large'), 'x'.repeat(2_001));
  writeFileSync(at('binary'), Uint8Array.of(0xff, 0xfe, 0x00));
});
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10, retryDelay: 200 }));

const read = (name: string): string => readBoundedFile(at(name), 2_000);
const instead = 'put the file itself in its place';

test('a file is read, also through a link', () => {
  expect(read('good')).toBe('gate: häfen\n');
  expect(read('link')).toBe('gate: häfen\n');
});

test.each([
  ['folder', `it is a folder: ${instead}`],
  ['pipe', `it is a pipe: ${instead}`],
  ['endless', `it leads to /dev/zero, which is a device: ${instead}`],
  ['link-to-pipe', `it leads to pipe, which is a pipe: ${instead}`],
  ['dangling', `it leads to gone, which does not exist: ${instead}`],
  ['circle', `it is a link in a circle: ${instead}`],
  [
    'large',
    `it has more than the 2 kB that are read of such a file: shorten it, or put the right file in its place`,
  ],
  ['binary', 'it is not UTF-8 text: save it as UTF-8'],
  ['good/inside', 'what should be its folder is a file: move that away'],
])('of %s is said why it is not read, and what helps; nobody waits for it', (name, words) => {
  expect(() => read(name)).toThrow(words);
});

test('where there is nothing at all the caller knows what is missing', () => {
  expect(() => read('nothing')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test.runIf(process.platform === 'linux')(
  'a file that says nothing of its size is bounded too',
  () => {
    // What the kernel makes up as it is read counts as an empty file.
    const made = '/proc/self/status';
    expect(readBoundedFile(made, 100_000)).toContain('Name:');
    expect(() => readBoundedFile(made, 100)).toThrow('more than the 0.1 kB');
  },
);

test('a file that may not be read is said to be so', () => {
  writeFileSync(at('secret'), '');
  chmodSync(at('secret'), 0o000);
  // Whoever is root may read everything.
  if (process.getuid?.() === 0) expect(read('secret')).toBe('');
  else expect(() => read('secret')).toThrow('you may not read it: check its permissions');
});
