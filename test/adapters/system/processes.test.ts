import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { padStdio } from '../../../src/adapters/system/pad-stdio.ts';
import {
  endTree,
  identify,
  isRunning,
  signalTree,
  taggedWith,
  treeOf,
} from '../../../src/adapters/system/processes.ts';

const started: ChildProcess[] = [];

/** Runs a shell that says `ready` when its children stand. */
async function shell(script: string, options: { tag?: string; detached?: boolean } = {}) {
  const child = spawn('/bin/sh', ['-c', script], {
    detached: options.detached ?? false,
    env: { PATH: process.env['PATH'], ...(options.tag ? { BELFRY_TAG: options.tag } : {}) },
    stdio: padStdio(['ignore', 'pipe', 'inherit']),
  });
  started.push(child);
  let said = '';
  child.stdout?.on('data', chunk => {
    said += String(chunk);
  });
  await vi.waitFor(() => expect(said).toContain('ready'), { timeout: 10_000, interval: 5 });
  return { pid: child.pid ?? 0, said: () => said };
}

const isGone = (pid: number) => identify(pid) === null;

afterEach(async () => {
  for (const child of started.splice(0)) if (child.pid) await endTree(child.pid, null, 0);
});

test('a process is told apart by pid and start time', () => {
  const self = identify(process.pid);
  expect(self).not.toBeNull();
  expect(isRunning({ pid: process.pid, startTime: self?.startTime ?? '' })).toBe(true);
  expect(isRunning({ pid: process.pid, startTime: 'another boot:1' })).toBe(false);
  for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 30]) expect(identify(pid)).toBeNull();
});

test('a zombie does not run', async () => {
  // The shell becomes a `sleep` that never waits for the child it inherits.
  const { said } = await shell('sleep 0.01 & echo $! ready; exec sleep 60');
  const zombie = Number.parseInt(said(), 10);
  await vi.waitFor(() => expect(identify(zombie)).toBeNull(), { timeout: 5_000 });
  // It still has a pid, so a signal of 0 reaches it.
  expect(() => process.kill(zombie, 0)).not.toThrow();
});

test('a tree lists parents before children', async () => {
  const { pid } = await shell('(sleep 60; true) & sleep 0; echo ready; wait');
  await vi.waitFor(() => expect(treeOf(pid)).toHaveLength(3));
  const tree = treeOf(pid);
  expect(tree[0]).toBe(pid);
  expect(treeOf(tree[1] ?? 0)).toEqual(tree.slice(1));
});

test('endTree ends children that ignore TERM and those in sessions of their own', async () => {
  const script = `setsid sleep 60 & setsid sh -c 'trap "" TERM HUP; echo ready; sleep 60; sleep 60' & wait`;
  const { pid } = await shell(script, { detached: true });
  await vi.waitFor(() => expect(treeOf(pid).length).toBeGreaterThanOrEqual(4));
  const tree = treeOf(pid);
  await endTree(pid, null, 150);
  expect(tree.filter(member => !isGone(member))).toEqual([]);
});

test('endTree finds tagged orphans, and leaves other tags alone', async () => {
  const tag = `run-${randomUUID()}`;
  const orphan = '(setsid sleep 60 & echo $!); echo ready';
  const ours = await shell(orphan, { tag: `${tag}/eng-1` });
  const others = await shell(orphan, { tag: `${tag}/eng-12` });
  const ourOrphan = Number.parseInt(ours.said(), 10);
  const othersOrphan = Number.parseInt(others.said(), 10);
  await vi.waitFor(() => expect(taggedWith(`${tag}/eng-1`)).toEqual([ourOrphan]));
  await endTree(ours.pid, `${tag}/eng-1`, 1_000);
  expect(isGone(ourOrphan)).toBe(true);
  expect(isGone(othersOrphan)).toBe(false);
  await vi.waitFor(() => expect(taggedWith(tag)).toEqual([othersOrphan]));
  await endTree(0, tag, 1_000);
  expect(isGone(othersOrphan)).toBe(true);
});

test('endTree finds what was orphaned while it waited', async () => {
  // The parent ends at TERM at once; its child in another session, without tag, does not.
  const child = `env -i /usr/bin/setsid /bin/sh -c 'trap "" TERM; echo $$ ready; sleep 60; sleep 60'`;
  const { pid, said } = await shell(`${child} & wait`);
  const stubborn = Number.parseInt(said(), 10);
  await endTree(pid, 'no such tag', 100);
  expect(isGone(stubborn)).toBe(true);
});

test('endTree ends a tree that is held', async () => {
  const { pid } = await shell('sleep 60 & echo ready; wait');
  signalTree(pid, null, 'SIGSTOP');
  await endTree(pid, null, 10_000);
  expect(isGone(pid)).toBe(true);
});

test('a pid that is neither tagged nor our descendant is left alone', async () => {
  const tag = `run-${randomUUID()}`;
  const { said } = await shell('(setsid sleep 60 & echo $!); echo ready', { tag });
  const orphan = Number.parseInt(said(), 10);
  await vi.waitFor(() => expect(treeOf(process.pid)).not.toContain(orphan));
  await endTree(orphan, null, 0);
  await endTree(orphan, `run-${randomUUID()}`, 0);
  expect(isGone(orphan)).toBe(false);
  await endTree(orphan, tag, 0);
  expect(isGone(orphan)).toBe(true);
});

test('our own process and group are never signalled', async () => {
  const { pid } = await shell('sleep 60 & echo ready; wait');
  // Our own child shares our process group; only it may end.
  await endTree(pid, null, 0);
  expect(isGone(pid)).toBe(true);
  expect(identify(process.pid)).not.toBeNull();
});

test('signalTree holds and releases the whole tree', async () => {
  const { pid, said } = await shell(
    'setsid sh -c "while :; do echo tick; sleep 0.01; done" & echo ready; wait',
  );
  await vi.waitFor(() => expect(said()).toContain('tick'));
  signalTree(pid, null, 'SIGSTOP');
  const { readFileSync } = await import('node:fs');
  const stateOf = (member: number) =>
    readFileSync(`/proc/${member}/stat`, 'utf8').split(') ')[1]?.[0];
  await vi.waitFor(() => expect(treeOf(pid).map(stateOf).join('')).toMatch(/^T+$/));
  signalTree(pid, null, 'SIGCONT');
  const before = said().length;
  await vi.waitFor(() => expect(said().length).toBeGreaterThan(before));
});
