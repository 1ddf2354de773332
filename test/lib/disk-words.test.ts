import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskWords } from '../../src/lib/disk-words.ts';

test('what a person can mend about a file is one sentence with its place', () => {
  const error = Object.assign(new Error('EACCES: x'), { code: 'EACCES', path: '/a/T-1.md' });
  expect(diskWords(error)).toMatch(/^\/a\/T-1\.md cannot be used: permission is denied\. Give/);
});

test('of an open file no path is told', () => {
  expect(diskWords({ code: 'ENOSPC', syscall: 'write' })).toMatch(
    /^a file cannot be used: its disk is full/,
  );
});

test('a fault of the program stays one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  const caught = (act: () => void): unknown => {
    try {
      return act();
    } catch (error) {
      return error;
    }
  };
  expect(diskWords(caught(() => writeFileSync(folder, '')))).toBeNull();
  rmSync(folder, { recursive: true });
  for (const other of [new Error('x'), { code: 'constructor', path: '' }, null, 'x'])
    expect(diskWords(other)).toBeNull();
});
