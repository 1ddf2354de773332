import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeRecord } from '../../../src/adapters/journal/codec.ts';
import { followJournal } from '../../../src/adapters/journal/follow-journal.ts';
import { fact } from '../../contract/journal.ts';

let folder: string;
let path: string;
let stop = () => {};
/** What was told, an append a row; `anew` before one that begins again. */
let told: string[];
let problems: string[];

const record = (seq: number, more = false) =>
  encodeRecord({ seq, epoch: 1, v: 1, ...(more ? { more: true } : {}), event: fact(seq) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-follow-'));
  path = join(folder, 'journal.jsonl');
  told = [];
  problems = [];
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

function follow(bytesAtOnce?: number): void {
  stop = followJournal(path, bytesAtOnce)(
    (facts, isAnew) => told.push(`${isAnew ? 'anew ' : ''}${facts.map(({ at }) => at).join(' ')}`),
    problem => problems.push(problem.name),
  );
}

const until = (what: () => void) => vi.waitFor(what, { timeout: 10_000, interval: 5 });

test('what is there comes at once, what is appended when it is whole', async () => {
  writeFileSync(path, Buffer.concat([record(1), record(2)]));
  follow();
  await until(() => expect(told).toEqual(['anew 1 2']));
  appendFileSync(path, record(3, true));
  const last = record(4);
  appendFileSync(path, last.subarray(0, 20));
  appendFileSync(path, last.subarray(20));
  await until(() => expect(told).toEqual(['anew 1 2', '3 4']));
  appendFileSync(path, record(5));
  await until(() => expect(told).toEqual(['anew 1 2', '3 4', '5']));
  expect(problems).toEqual([]);
});

test('a file that comes later is read when it is there, one begun again from its beginning', async () => {
  follow();
  writeFileSync(path, Buffer.concat([record(1), record(2)]));
  await until(() => expect(told.join(' ')).toContain('1 2'));
  told = [];
  rmSync(path);
  writeFileSync(path, record(1));
  await until(() => expect(told).toEqual(['anew 1']));
});

test('a torn tail that is cut off and written anew is no damage', async () => {
  const torn = record(2).subarray(0, 30);
  writeFileSync(path, Buffer.concat([record(1), torn]));
  follow();
  await until(() => expect(told).toEqual(['anew 1']));
  writeFileSync(path, Buffer.concat([record(1), record(2)]));
  await until(() => expect(told).toEqual(['anew 1', '2']));
  expect(problems).toEqual([]);
});

test('damage is told once, and nothing after it', async () => {
  writeFileSync(path, record(1));
  follow();
  await until(() => expect(told).toEqual(['anew 1']));
  const damaged = Buffer.from(record(2).toString().replace('paused', 'caused'));
  appendFileSync(path, Buffer.concat([damaged, record(3)]));
  await until(() => expect(problems).toEqual(['JournalDamagedError']));
  appendFileSync(path, record(4));
  await new Promise(setImmediate);
  expect([told, problems]).toEqual([['anew 1'], ['JournalDamagedError']]);
});

test('a long one is told in parts, each of whole appends, and only the first is anew', async () => {
  const append = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => record(from + index, index < count - 1));
  const parts = [...append(1, 1), ...append(2, 12), ...append(14, 1), ...append(15, 2)];
  writeFileSync(path, Buffer.concat(parts));
  follow(2 * record(1).length);
  await until(() => expect(told.join(' ')).toMatch(/ 16$/));
  expect(told[0]).toBe('anew 1');
  expect(told.length).toBeGreaterThan(2);
  const all = Array.from({ length: 16 }, (_, index) => index + 1);
  expect(told.join(' ')).toBe(`anew ${all.join(' ')}`);
  appendFileSync(path, record(17));
  await until(() => expect(told.at(-1)).toBe('17'));
  expect(problems).toEqual([]);
});

test('damage far into a long one is told at its line', async () => {
  const records = Array.from({ length: 9 }, (_, index) => record(index + 1));
  records[6] = Buffer.from(records[6]?.toString().replace('paused', 'caused') ?? '');
  writeFileSync(path, Buffer.concat(records));
  follow(2 * record(1).length);
  await until(() => expect(problems).toEqual(['JournalDamagedError']));
  expect(told.join(' ')).toBe('anew 1 2 3 4 5 6');
});
