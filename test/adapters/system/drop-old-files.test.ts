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
import { dropOldFiles } from '../../../src/adapters/system/drop-old-files.ts';
import { gateLogsBytesMax, keptFilesMs } from '../../../src/core/limits.ts';

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
const drop = async (later = 0) => {
  const state = { gateLogs: join(root, 'gate-logs'), trash: join(root, 'trash') };
  await dropOldFiles(state, {
    now: Date.now() + later,
    isSettled: task => task !== 'T-1',
    onError: reason => expect.unreachable(reason),
  });
  return { logs: readdirSync(state.gateLogs).sort(), trash: readdirSync(state.trash) };
};

test('of old gate logs those of settled tasks go; those of open ones and strangers stay', async () => {
  for (const name of ['T-1-1-1.log', 'T-2-1-1.log', 'T-2-1-2-trunk.log', 'notes.log', 'T-2.log'])
    log(name, keptFilesMs + day);
  log('T-3-1-1.log', keptFilesMs - day);
  expect((await drop()).logs).toEqual(['T-1-1-1.log', 'T-2.log', 'T-3-1-1.log', 'notes.log']);
});

test('beyond the bound the oldest of settled tasks go first, and only as many as must', async () => {
  log('T-1-1-1.log', 4 * day, gateLogsBytesMax / 2);
  log('T-2-1-1.log', 3 * day, gateLogsBytesMax / 2);
  log('T-3-1-1.log', 2 * day, gateLogsBytesMax / 2);
  log('T-4-1-1.log', 1 * day, 100);
  expect((await drop()).logs).toEqual(['T-1-1-1.log', 'T-4-1-1.log']);
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
  const state = { gateLogs: join(root, 'none'), trash: join(root, 'nothing') };
  const given = { now: 0, isSettled: () => true, onError: () => expect.unreachable() };
  await expect(dropOldFiles(state, given)).resolves.toBeUndefined();
});
