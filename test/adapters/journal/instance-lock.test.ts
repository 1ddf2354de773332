import { type ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  acquireInstanceLock,
  instanceHolder,
  release,
  takeEpoch,
} from '../../../src/adapters/journal/instance-lock.ts';
import { padStdio } from '../../../src/adapters/system/pad-stdio.ts';
import { identify } from '../../../src/adapters/system/processes.ts';

const takerFile = new URL('./lock-taker.ts', import.meta.url).pathname;
let folder = '';
let record = '';
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'belfry-'));
  folder = join(root, 'lock');
  record = join(root, 'record');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const taker = (rounds: number, end: 'kill' | 'stay') =>
  spawn(process.execPath, [takerFile, folder, record, String(rounds), end], {
    stdio: padStdio(['ignore', 'ignore', 'inherit']),
  });
const closed = (child: ChildProcess) => new Promise(resolve => child.on('close', resolve));
const lines = () => readFileSync(record, { encoding: 'utf8', flag: 'a+' }).trim().split('\n');

/** Takes the lock, for a test that needs it taken. */
function take() {
  const answer = acquireInstanceLock(folder);
  if (!answer.ok) throw new Error(`not taken: ${answer.why}`);
  return answer;
}

/** Puts a lock file there as if by somebody else. */
function forge(changes: Record<string, unknown>) {
  mkdirSync(folder, { recursive: true });
  const claim = {
    pid: process.pid,
    host: hostname(),
    startedAt: 5,
    startTime: identify(process.pid)?.startTime,
    pidNamespace: process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '',
    isReleased: false,
    ...changes,
  };
  writeFileSync(join(folder, 'lock.7'), JSON.stringify(claim));
}

test('the holder keeps it until it gives it back; epochs rise', () => {
  expect(instanceHolder(folder)).toBeNull();
  const first = take();
  expect(first.epoch).toBe(1);
  expect(instanceHolder(folder)).toMatchObject({ pid: process.pid });
  expect(acquireInstanceLock(folder)).toMatchObject({
    ok: false,
    why: 'alive',
    holder: { pid: process.pid, host: hostname() },
    file: join(folder, 'lock.1'),
  });
  first.release();
  const second = take();
  expect(second.epoch).toBe(2);
  // Giving back twice must not take it from the next holder.
  first.release();
  expect(acquireInstanceLock(folder).ok).toBe(false);
  expect(readdirSync(folder)).toEqual(['lock.2']);
  expect(statSync(join(folder, 'lock.2')).mode & 0o777).toBe(0o600);
  second.release();
});

test.each([
  ['a holder that runs', {}, 'alive'],
  ['a pid that was given to another process', { startTime: 'earlier boot:1' }, null],
  ['a pid that is gone', { pid: 2 ** 30 }, null],
  ['another host', { host: 'elsewhere.example' }, 'unknown'],
  ['another pid namespace', { pidNamespace: 'pid:[1]' }, 'unknown'],
  ['a file of another shape', { startTime: 5 }, 'unknown'],
  ['a holder that gave it back on another host', { host: 'elsewhere', isReleased: true }, null],
])('%s', (_, changes, refusal) => {
  forge(changes);
  // Whoever only looks is told the same, as far as the file can be read.
  const isSeen = refusal !== null && !('startTime' in changes && changes.startTime === 5);
  expect(instanceHolder(folder) !== null).toBe(isSeen);
  const answer = acquireInstanceLock(folder);
  expect(answer.ok ? null : answer.why).toBe(refusal);
  if (answer.ok) expect(answer.epoch).toBe(8);
});

test('who was overtaken between looking and taking steps back', () => {
  mkdirSync(folder);
  // Looked when 7 was the newest; since then 8 came and went, and 9 is held.
  writeFileSync(join(folder, 'lock.9'), '{}');
  expect(takeEpoch(folder, 8)).toBe(false);
  expect(takeEpoch(folder, 9)).toBe(false);
  expect(readdirSync(folder)).toEqual(['lock.9']);
});

test('an unreadable file is not passed over', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'lock.3'), '');
  expect(acquireInstanceLock(folder)).toEqual({
    ok: false,
    holder: null,
    why: 'unknown',
    file: join(folder, 'lock.3'),
  });
});

test('a draft that a crash left behind is tidied away', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, '.claim-left'), '{');
  take().release();
  expect(readdirSync(folder)).toEqual(['lock.1']);
});

test('a holder that is stopped, as in sleep, keeps it; killed, it loses it', async () => {
  const child = taker(1, 'stay');
  await vi.waitFor(() => expect(lines()).toEqual(['start 1']), { timeout: 10_000 });
  child.kill('SIGSTOP');
  expect(acquireInstanceLock(folder)).toMatchObject({ ok: false, why: 'alive' });
  child.kill('SIGKILL');
  await closed(child);
  expect(take().epoch).toBe(2);
});

test('many takers that are killed while holding: never two holders, strictly rising epochs', async () => {
  const [takers, generations, rounds] = [4, 5, 10];
  const lives = Array.from({ length: takers }, async () => {
    for (let life = 0; life < generations; life += 1) await closed(taker(rounds, 'kill'));
  });
  await Promise.all(lives);
  const said = lines().map(line => line.split(' '));
  const starts = said.filter(([what]) => what === 'start').map(([, epoch]) => Number(epoch));
  expect(starts).toHaveLength(takers * generations * rounds);
  expect(starts).toEqual(starts.map((_, index) => index + 1));
  const ends = said.filter(([what]) => what === 'end').length;
  expect(ends).toBe(takers * generations * (rounds - 1));
  // An end follows its own start at once: nobody else took it in between.
  for (const [index, [what, epoch]] of said.entries())
    if (what === 'end') expect(said[index - 1]).toEqual(['start', epoch]);
});

test('on a full disk it is given back by the end of the process, and nothing is thrown', () => {
  const { epoch } = take();
  release(folder, epoch, () => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  });
  expect(instanceHolder(folder)?.pid).toBe(process.pid);
  expect(readdirSync(folder)).toEqual([`lock.${epoch}`]);
  release(folder, epoch);
  expect(instanceHolder(folder)).toBeNull();
});
