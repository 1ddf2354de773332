import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropGateLogs, roomForLog } from '../../../src/adapters/system/drop-gate-logs.ts';
import { emptyTrash } from '../../../src/adapters/system/old-files.ts';
import {
  gateLogBytesMax,
  gateLogBytesMin,
  gateLogsBytesMax,
  keptFilesMs,
} from '../../../src/core/limits.ts';

const day = 24 * 3_600_000;
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-old-'));
  for (const name of ['gate-logs', 'trash']) mkdirSync(join(root, name));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const log = (name: string, agoMs: number, bytes = 10) => {
  const path = join(root, 'gate-logs', name);
  writeFileSync(path, 'x');
  truncateSync(path, bytes);
  const seconds = (Date.now() - agoMs) / 1000;
  utimesSync(path, seconds, seconds);
};
/** T-1 is open, and its second attempt is under way. */
const standingOf = (task: string, attempt: number) =>
  task !== 'T-1' ? 'settled' : attempt === 2 ? 'open' : 'ended';
let noted: string[] = [];
beforeEach(() => {
  noted = [];
});
const drop = async (later = 0, noteRemoved?: () => Promise<void>) => {
  const [gateLogs, trash] = [join(root, 'gate-logs'), join(root, 'trash')];
  const onError = (reason: string) => errors.push(reason);
  const errors: string[] = [];
  await dropGateLogs(gateLogs, Date.now() + later, {
    ...{ standingOf, onError },
    noteRemoved: noteRemoved ?? (async logs => void noted.push(...logs)),
  });
  await emptyTrash(trash, Date.now() + later, onError);
  return { logs: readdirSync(gateLogs).sort(), trash: readdirSync(trash), errors };
};

test('of old gate logs those of settled tasks go; those of open ones and strangers stay', async () => {
  for (const name of ['T-1-1-1.log', 'T-2-1-1.log', 'T-2-1-2-trunk.log', 'notes.log', 'T-2.log'])
    log(name, keptFilesMs + day);
  log('T-3-1-1.log', keptFilesMs - day);
  expect((await drop()).logs).toEqual(['T-1-1-1.log', 'T-2.log', 'T-3-1-1.log', 'notes.log']);
});

test('beyond the bound the oldest of settled tasks go first, only as many as must, and are noted', async () => {
  log('T-1-2-1.log', 4 * day, gateLogsBytesMax / 2);
  log('T-2-1-1.log', 3 * day, gateLogsBytesMax / 2);
  log('T-3-1-1.log', 2 * day, gateLogsBytesMax / 2);
  log('T-4-1-1.log', 1 * day, 100);
  const { logs, errors } = await drop();
  expect(logs).toEqual(['T-1-2-1.log', 'T-4-1-1.log']);
  expect([noted, errors]).toEqual([['T-2-1-1', 'T-3-1-1'], []]);
});

test('then those of attempts that are over; of one under way none is lost, and the next log is short', async () => {
  log('T-1-1-1.log', 5 * day, gateLogsBytesMax / 2);
  log('T-1-2-1.log', 4 * day, gateLogsBytesMax / 2);
  log('T-1-2-2-trunk.log', 3 * day, gateLogsBytesMax / 2);
  expect((await drop()).logs).toEqual(['T-1-2-1.log', 'T-1-2-2-trunk.log']);
  expect(noted).toEqual(['T-1-1-1']);
  expect(await roomForLog(join(root, 'gate-logs'))).toBe(gateLogBytesMin);
});

test('the next run has room in any case', async () => {
  log('T-2-1-1.log', 2 * day, gateLogBytesMax);
  log('T-3-1-1.log', 1 * day, gateLogsBytesMax - gateLogBytesMax);
  expect((await drop()).logs).toEqual(['T-3-1-1.log']);
  expect(await roomForLog(join(root, 'gate-logs'))).toBe(gateLogBytesMax);
});

test('what cannot be noted goes all the same, and that is told; what is old needs no note', async () => {
  log('T-2-1-1.log', keptFilesMs + day);
  log('T-3-1-1.log', 2 * day, gateLogsBytesMax);
  const { logs, errors } = await drop(0, () => Promise.reject(new Error('the disk is full')));
  expect(logs).toEqual([]);
  expect(errors).toEqual(['gate logs go without a note of it: the disk is full']);
});

test('the trash is emptied by age, and no link in it is followed', async () => {
  const outside = join(root, 'outside');
  mkdirSync(join(outside, 'kept'), { recursive: true });
  const thrown = join(root, 'trash', `eng-1-${Date.now()}`);
  mkdirSync(thrown);
  symlinkSync(outside, join(thrown, 'link'));
  expect((await drop(keptFilesMs - day)).trash).toHaveLength(1);
  expect((await drop(keptFilesMs + day)).trash).toEqual([]);
  expect(existsSync(join(outside, 'kept'))).toBe(true);
});

test('folders that are not there end nothing', async () => {
  const noteRemoved = () => expect.unreachable();
  const given = { standingOf, noteRemoved, onError: () => expect.unreachable() };
  await dropGateLogs(join(root, 'none'), 0, given);
  await emptyTrash(join(root, 'nothing'), 0, given.onError);
  expect(await roomForLog(join(root, 'none'))).toBe(gateLogBytesMax);
});
