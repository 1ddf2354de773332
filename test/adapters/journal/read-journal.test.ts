import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeRecord, scanJournal } from '../../../src/adapters/journal/codec.ts';
import {
  readJournal,
  scanFile,
  streamJournal,
} from '../../../src/adapters/journal/read-journal.ts';
import type { Event } from '../../../src/core/event.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-stream-'));
const path = join(root, 'journal.jsonl');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Appends of one to seven facts, each of a few hundred bytes with letters of several bytes. */
const records = Array.from({ length: 6_000 }, (_, at) => {
  const more = at % 7 !== 0 && at < 5_999 ? { more: true as const } : {};
  const why = `${at} ${'größer '.repeat(at % 90)}`;
  const event: Event = { at: at + 1, type: 'task.refused', task: 'T-1' as never, why };
  return encodeRecord({ seq: at + 1, epoch: 1, v: 1, ...more, event });
});
const whole = Buffer.concat(records);

async function parts(): Promise<readonly (readonly Event[])[]> {
  const told: (readonly Event[])[] = [];
  for await (const part of streamJournal(path)) told.push(part);
  return told;
}

test('a long journal is told in parts, and together they are all of it', async () => {
  writeFileSync(path, whole);
  const told = await parts();
  expect(told.length).toBeGreaterThan(2);
  expect(told.flat()).toEqual(scanJournal(whole).events);
  expect(await readJournal(path)).toHaveLength(6_000);
});

test('a torn tail is left out with the append to which it belongs', async () => {
  const cut = whole.subarray(0, whole.length - 700);
  writeFileSync(path, cut);
  expect((await parts()).flat()).toEqual(scanJournal(cut).events);
});

test.each([
  ['changed', (bytes: Buffer, at: number) => bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)],
  ['without its line feed', (bytes: Buffer, at: number) => bytes.fill(' ', at, at + 1)],
])(
  'a line that is %s far in the file is named as if it had been read at once',
  async (_n, spoil) => {
    const spoilt = Buffer.from(whole);
    spoil(spoilt, Buffer.concat(records.slice(0, 4_500)).length - 1);
    writeFileSync(path, spoilt);
    const message = (() => {
      try {
        scanFile(path, spoilt);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    })();
    expect(message).toMatch(/is damaged at line 4500/);
    await expect(parts()).rejects.toThrow(message);
  },
);

test('where there is no file there are no facts', async () => {
  rmSync(path);
  expect(await parts()).toEqual([]);
});
