import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/journal/file-journal.ts';
import {
  JournalDamagedError,
  JournalNewerError,
} from '../../../src/adapters/journal/journal-errors.ts';
import {
  type JournalFile,
  type OpenJournalFile,
  openJournalFile,
} from '../../../src/adapters/journal/journal-file.ts';
import { readJournal } from '../../../src/adapters/journal/read-journal.ts';
import { JournalDeadError } from '../../../src/ports/records/journal.ts';
import { fact } from '../../contract/journal.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recovered = async () => (await readJournal(path)).map(({ at }) => at);
const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

/** A real file of which some operations are replaced. */
function broken(change: (file: JournalFile) => Partial<JournalFile>): OpenJournalFile {
  return async name => {
    const file = await openJournalFile(name);
    return { ...file, ...change(file) };
  };
}

async function journalOf(...instants: number[]) {
  const journal = await openJournal(path, { epoch: 1 });
  for (const at of instants) await journal.append([fact(at)]);
  await journal.close();
}

test('the file is for this user only', async () => {
  writeFileSync(path, '', { mode: 0o644 });
  await journalOf(1);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a torn tail is set aside, cut off and told', async () => {
  await journalOf(1, 2);
  const whole = readFileSync(path);
  appendFileSync(path, 'deadbeef {"seq":3,"ep');
  const journal = await openJournal(path, { epoch: 2 });
  expect(journal.recovered).toEqual([fact(1), fact(2)]);
  expect(readFileSync(path)).toEqual(whole);
  const aside = readdirSync(folder).find(name => name.startsWith('journal.torn-')) ?? '';
  expect(readFileSync(join(folder, aside), 'utf8')).toBe('deadbeef {"seq":3,"ep');
  expect(statSync(join(folder, aside)).mode & 0o777).toBe(0o600);
  expect(journal.notice).toMatch(/last 21 bytes .* kept in .*journal\.torn-\d{8}T/);
  await journal.append([fact(3)]);
  await journal.close();
  expect(await recovered()).toEqual([1, 2, 3]);
});

test('cut at every byte, it opens, and the next fact follows without a gap', async () => {
  await journalOf(1, 2);
  const whole = readFileSync(path);
  for (let length = 0; length <= whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    const journal = await openJournal(path, { epoch: 2 });
    await journal.append([fact(9)]);
    await journal.close();
    expect(await recovered()).toEqual([...journal.recovered.map(({ at }) => at), 9]);
  }
});

test('damage in the middle is refused with place and remedy, and nothing is changed', async () => {
  await journalOf(1, 2, 3);
  const lines = readFileSync(path, 'utf8').split('\n');
  const damaged = [lines[0], lines[1]?.replace('paused', 'pausef'), lines[2], ''].join('\n');
  writeFileSync(path, damaged);
  const place = `line 2, byte ${(lines[0]?.length ?? 0) + 1}`;
  for (const open of [() => openJournal(path, { epoch: 2 }), () => readJournal(path)]) {
    const error = await open().then(
      () => null,
      reason => reason as Error,
    );
    expect(error).toBeInstanceOf(JournalDamagedError);
    expect(error?.message).toContain(`${path} is damaged at ${place}`);
    expect(error?.message).toMatch(/Nothing has been changed\. Restore the file from a backup/);
  }
  expect(readFileSync(path, 'utf8')).toBe(damaged);
  expect(readdirSync(folder)).toEqual(['journal.jsonl']);
});

test('a newer format is refused', async () => {
  const { crc32 } = await import('node:zlib');
  const json = '{"seq":1,"epoch":1,"v":2,"event":{}}';
  writeFileSync(path, `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`);
  await expect(openJournal(path, { epoch: 1 })).rejects.toThrow(JournalNewerError);
});

test('reading beside a writer sees whole facts and touches nothing; no file is no facts', async () => {
  expect(await readJournal(path)).toEqual([]);
  expect(existsSync(path)).toBe(false);
  await journalOf(1);
  appendFileSync(path, '0000');
  const bytes = readFileSync(path);
  expect(await recovered()).toEqual([1]);
  expect(readFileSync(path)).toEqual(bytes);
  expect(readdirSync(folder)).toEqual(['journal.jsonl']);
});

test('appends made during a sync share the next one', async () => {
  let syncs = 0;
  const openFile = broken(file => ({
    sync: () => {
      syncs += 1;
      return file.sync();
    },
  }));
  const journal = await openJournal(path, { epoch: 1, openFile });
  const first = journal.append([fact(0)]);
  await new Promise(resolve => setImmediate(resolve));
  const others = Array.from({ length: 100 }, (_, n) => journal.append([fact(n + 1)]));
  await Promise.all([first, ...others]);
  expect(syncs).toBe(2);
  await journal.close();
  expect(await recovered()).toHaveLength(101);
});

test('an append resolves only after the sync', async () => {
  const asked = Promise.withResolvers<void>();
  const synced = Promise.withResolvers<void>();
  const openFile = broken(() => ({
    sync: () => {
      asked.resolve();
      return synced.promise;
    },
  }));
  const journal = await openJournal(path, { epoch: 1, openFile });
  let isDurable = false;
  const appended = journal.append([fact(1)]).then(() => {
    isDurable = true;
  });
  await asked.promise;
  await new Promise(resolve => setImmediate(resolve));
  expect(isDurable).toBe(false);
  synced.resolve();
  await appended;
  expect(isDurable).toBe(true);
  await journal.close();
});

test('short writes are completed', async () => {
  const openFile = broken(file => ({
    write: (bytes, position) => file.write(bytes.subarray(0, 7), position),
  }));
  const journal = await openJournal(path, { epoch: 1, openFile });
  await journal.append([fact(1), fact(2)]);
  await journal.close();
  expect(await recovered()).toEqual([1, 2]);
});

test.each(['ENOSPC', 'EDQUOT', 'EIO'])(
  '%s while writing: it refuses and the file stays valid',
  async code => {
    let left = 2_000;
    const openFile = broken(file => ({
      write: async (bytes, position) => {
        if (left === 0) throw failure(code);
        const count = await file.write(bytes.subarray(0, left), position);
        left -= count;
        return count;
      },
    }));
    const journal = await openJournal(path, { epoch: 1, openFile });
    let acked = 0;
    const dying = async () => {
      for (;;) {
        await journal.append([fact(acked + 1)]);
        acked += 1;
      }
    };
    await expect(dying()).rejects.toThrow(JournalDeadError);
    await expect(journal.append([fact(0)])).rejects.toThrow(
      code === 'EIO' ? /Look after the disk/ : /The disk is full: make room/,
    );
    expect(acked).toBeGreaterThan(5);
    await journal.close();
    const again = await openJournal(path, { epoch: 2 });
    expect(again.notice).toBeNull();
    expect(again.recovered).toHaveLength(acked);
    await again.close();
  },
);

test('a failed sync kills the journal for ever: it is never asked again', async () => {
  let syncs = 0;
  const openFile = broken(() => ({
    sync: async () => {
      syncs += 1;
      if (syncs === 1) throw failure('EIO');
    },
  }));
  const journal = await openJournal(path, { epoch: 1, openFile });
  const outcomes = await Promise.allSettled([journal.append([fact(1)]), journal.append([fact(2)])]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(journal.append([fact(3)])).rejects.toThrow(/cannot be written \(EIO/);
  expect(syncs).toBe(1);
  await journal.close();
});
