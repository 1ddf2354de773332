import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { endTree, identify, taggedWith } from '../../../src/adapters/system/processes.ts';
import { runShell, type ShellRequest } from '../../../src/adapters/system/run-shell.ts';

const tag = `shell-${randomUUID()}`;
afterEach(() => endTree(0, tag, 0));

/** Runs a line, and answers with how it ended and what it printed. */
async function run(command: string, more: Partial<ShellRequest> = {}) {
  let printed = '';
  const end = await runShell({
    ...{ command, cwd: '/', tag, timeoutMs: 20_000, silenceMs: 20_000 },
    env: { PATH: process.env['PATH'] ?? '' },
    onOutput: bytes => {
      printed += bytes.toString('utf8');
    },
    signal: new AbortController().signal,
    ...more,
  });
  return { end, printed };
}

test('code, signal and output come back; input is empty; the environment is what was given', async () => {
  expect(await run('echo out; echo err >&2; exit 3')).toMatchObject({
    end: { kind: 'exited', code: 3 },
    printed: expect.stringMatching(/out\nerr\n|err\nout\n/),
  });
  expect((await run('kill -SEGV $$')).end).toEqual({ kind: 'killed', signal: 'SIGSEGV' });
  expect((await run('cat; env')).printed.split('\n').map(line => line.split('=')[0])).toEqual(
    expect.arrayContaining(['PATH', 'BELFRY_TAG']),
  );
  expect((await run('echo $HOME$USER')).printed).toBe('\n');
});

test('all of a large output arrives, also when the command exits at once', async () => {
  const { printed } = await run('head -c 3000000 /dev/zero | tr "\\0" x');
  expect(printed).toHaveLength(3_000_000);
});

test('a folder that is not there is said', async () => {
  expect(await run('true', { cwd: '/no/such/folder' })).toMatchObject({
    end: { kind: 'unstarted', reason: 'there is no folder /no/such/folder' },
  });
});

test('time and silence end a command; output starts the silence again', async () => {
  expect((await run('sleep 60', { timeoutMs: 50 })).end).toEqual({ kind: 'timedOut' });
  expect((await run('echo x; sleep 60', { silenceMs: 50 })).end).toEqual({ kind: 'silent' });
  const talking = 'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.1; done';
  expect((await run(talking, { silenceMs: 600 })).end).toEqual({ kind: 'exited', code: 0 });
});

test('a command that was cancelled before it began does not begin', async () => {
  const abort = new AbortController();
  abort.abort();
  expect(await run('echo x', { signal: abort.signal })).toEqual({
    end: { kind: 'aborted' },
    printed: '',
  });
});

test('nothing of the tree is left: not a session of its own, not one that ignores TERM', async () => {
  const abort = new AbortController();
  let pids: number[] = [];
  const stubborn = `setsid sh -c 'trap "" TERM HUP; echo $$; while :; do sleep 1; done' &`;
  const running = run(`${stubborn} sleep 60 & echo $!; wait`, {
    signal: abort.signal,
    onOutput: bytes => {
      pids = [...pids, ...bytes.toString('utf8').trim().split('\n').map(Number)];
    },
  });
  await vi.waitFor(() => expect(pids).toHaveLength(2), { timeout: 10_000 });
  abort.abort();
  expect((await running).end).toEqual({ kind: 'aborted' });
  expect(pids.map(identify)).toEqual([null, null]);
  expect(taggedWith(tag)).toEqual([]);
});

test('a grandchild that holds the pipes does not hold up the verdict, and is ended', async () => {
  const before = performance.now();
  const { end, printed } = await run('setsid sleep 300 & echo verdict; exit 4');
  expect(end).toEqual({ kind: 'exited', code: 4 });
  expect(printed).toBe('verdict\n');
  expect(performance.now() - before).toBeLessThan(10_000);
  expect(taggedWith(tag)).toEqual([]);
});

test('what one run leaves behind does not end the next one under the same tag', async () => {
  const talker = `trap "" TERM HUP; while :; do echo x; sleep 0.1; done`;
  await run(`setsid sh -c '${talker}' & exit 0`, { silenceMs: 1_000 });
  // Long enough for the silence after the last word of the run before.
  expect((await run('sleep 1.5')).end).toEqual({ kind: 'exited', code: 0 });
  const both = await Promise.all([run('sleep 2.5'), run('sleep 60', { timeoutMs: 100 })]);
  expect(both.map(({ end }) => end.kind)).toEqual(['exited', 'timedOut']);
});

test('no open file of ours is inherited, a PTY master least of all', async () => {
  const files = Array.from({ length: 5 }, () => openSync('/dev/ptmx', 'r+'));
  const { printed } = await run('ls -l /proc/self/fd');
  for (const file of files) closeSync(file);
  expect(printed).toContain('/dev/null');
  expect(printed).not.toContain('ptmx');
});
