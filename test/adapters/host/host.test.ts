import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freeBytesOf } from '../../../src/adapters/host/host.ts';
import { identify } from '../../../src/adapters/system/processes.ts';
import { temporaryHost } from './temporary-host.ts';

let stage: ReturnType<typeof temporaryHost>;
beforeEach(() => {
  stage = temporaryHost();
});
afterEach(() => stage.close());

test('an update that only points a link elsewhere changes the mark', () => {
  const { host, env, folder, install } = stage;
  for (const version of ['a', 'b']) install(version, version);
  const link = join(folder, 'bin', 'tool');
  const markOf = (version: string) => {
    rmSync(link, { force: true });
    symlinkSync(join(folder, 'bin', version), link);
    return host.program('tool', env)?.mark;
  };
  const first = markOf('a');
  expect(markOf('b')).not.toBe(first);
  expect(markOf('a')).toBe(first);
});

test('a version is clean of what a terminal would obey', async () => {
  const { host, env, install } = stage;
  install('tool', 'tool \u001b[31m1.2.3');
  const { signal } = new AbortController();
  expect(await host.version(host.program('tool', env)?.path ?? '', env, signal)).toBe('tool 1.2.3');
});

test('a program that is given up is not there any more, nor is what it started', async () => {
  const { host, env, folder } = stage;
  const pidFile = join(folder, 'pid');
  const path = join(folder, 'bin', 'slow');
  // As Gemini CLI does it: a second process tells, and the first waits for it.
  const second = `trap "" TERM; echo $$ >"${pidFile}.new"; mv "${pidFile}.new" "${pidFile}"; sleep 60; sleep 60`;
  writeFileSync(path, `#!/bin/sh\nsh -c '${second}' >/dev/null 2>&1 &\nwait\n`, { mode: 0o755 });
  const giveUp = new AbortController();
  const asked = host.version(path, env, giveUp.signal);
  await vi.waitFor(() => expect(existsSync(pidFile)).toBe(true), { timeout: 10_000 });
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  expect(identify(pid)?.pid).toBe(pid);
  giveUp.abort();
  expect(await asked).toBeNull();
  expect(identify(pid)).toBeNull();
  expect(await host.version(path, env, giveUp.signal)).toBeNull();
});

test('a folder that is not there yet is on the disk of the one above it', async () => {
  const { host, folder } = stage;
  const above = await host.disk(folder);
  expect(above?.freeBytes).toBeGreaterThan(0);
  const { id } = (await host.disk(join(folder, 'not', 'yet'))) ?? {};
  expect(id).toBe(above?.id);
});

test('a file system that has no size of its own is not full, and one without room is', () => {
  expect(freeBytesOf({ blocks: 0, bavail: 0, bsize: 4_096 })).toBeNull();
  expect(freeBytesOf({ blocks: 9, bavail: 0, bsize: 4_096 })).toBe(0);
  expect(freeBytesOf({ blocks: 9, bavail: 2, bsize: 4_096 })).toBe(8_192);
});
