import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSmallFile } from '../../../src/adapters/following/read-small-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'belfry-'));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

test('a small file is read, and an empty one', () => {
  writeFileSync(path('small'), 'für\n');
  writeFileSync(path('empty'), '');
  expect([readSmallFile(path('small')), readSmallFile(path('empty'))]).toEqual(['für\n', '']);
});

test('what would make the reader wait, or fill its memory, is not read', () => {
  execFileSync('mkfifo', [path('pipe')]);
  symlinkSync('/dev/zero', path('zeros'));
  writeFileSync(path('large'), '');
  truncateSync(path('large'), 1_000_001);
  for (const name of ['pipe', 'zeros', 'large', '', 'none'])
    expect(readSmallFile(path(name)), name).toBeNull();
});
