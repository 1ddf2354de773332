import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLog } from '../../../src/adapters/system/file-log.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  path = join(folder, 'belfry.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a line has its time and stays one line', () => {
  const log = new FileLog(path);
  log.write('first\r\nsecond');
  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z first\\r\\nsecond\n$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('it never takes more than two files of the bound, and keeps the newest lines', () => {
  for (let n = 0; n < 500; n += 1) new FileLog(path, 2_000).write(`line ${n}`);
  const log = new FileLog(path, 2_000);
  for (let n = 500; n < 1_000; n += 1) log.write(`line ${n}`);
  expect(statSync(path).size).toBeLessThanOrEqual(2_000);
  expect(statSync(`${path}.old`).size).toBeLessThanOrEqual(2_000);
  const kept = (readFileSync(`${path}.old`, 'utf8') + readFileSync(path, 'utf8'))
    .trim()
    .split('\n');
  expect(kept.at(-1)).toMatch(/ line 999$/);
  expect(kept.length).toBeGreaterThan(50);
});

test('one huge line is cut', () => {
  new FileLog(path).write('x'.repeat(1_000_000));
  expect(statSync(path).size).toBeLessThan(11_000);
});

test('it never throws, and goes on when the folder is back', () => {
  const log = new FileLog(join(path, 'no', 'folder'));
  expect(() => log.write('lost')).not.toThrow();
  const other = new FileLog(path, 100);
  for (let n = 0; n < 3; n += 1) other.write('x'.repeat(60));
  rmSync(path);
  for (let n = 0; n < 3; n += 1) other.write('after');
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain('after');
});
