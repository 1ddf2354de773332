import { beforeEach, expect, test } from 'vitest';
import type { AgentStatus } from '../../src/core/agent.ts';
import { Pause } from '../../src/supervisor/pause.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createMemoryTerminals, MemoryTerminal } from '../support/memory-terminals.ts';

let clock: FakeClock;
let terminal: MemoryTerminal;
let interruptions: number;
let status: AgentStatus;

beforeEach(() => {
  clock = new FakeClock();
  interruptions = 0;
  const opened = createMemoryTerminals(() => {}).open({
    ...{ id: 'eng-1', file: 'claude', args: [], cwd: '/', env: {}, cols: 80, rows: 24 },
  });
  if (!(opened instanceof MemoryTerminal)) throw new Error('not in memory');
  terminal = opened;
});

function pauseOf(
  first: AgentStatus,
  holdsForMs: number | null = 20_000,
  interruptKeys = '\x1b',
): Pause {
  status = first;
  return new Pause({
    ...{ terminal, clock, holdsForMs, interruptKeys, status: () => status },
    onInterrupted: () => {
      interruptions += 1;
    },
  });
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await Promise.resolve();
  await Promise.resolve();
}

test('a short pause stands still and goes on where it was', async () => {
  const pause = pauseOf('working');
  await pause.begin();
  await pass(19_000);
  expect(terminal.isHeld).toBe(true);
  await pause.end();
  await pass(60_000);
  expect(terminal).toMatchObject({ isHeld: false, typed: '' });
  expect(interruptions).toBe(0);
});

test('a longer one interrupts the turn, once', async () => {
  const pause = pauseOf('working');
  await pause.begin();
  await pass(20_000);
  expect(terminal).toMatchObject({ isHeld: false, typed: '\x1b' });
  status = 'idle';
  await pass(600_000);
  expect(interruptions).toBe(1);
  expect(terminal.typed).toBe('\x1b');
});

test('it is interrupted again while it works on, its two escapes farther apart', async () => {
  const pause = pauseOf('working', 20_000, '\x1b\x1b');
  await pause.begin();
  await pass(20_000);
  await pass(100);
  expect(terminal.typed).toBe('\x1b\x1b');
  await pass(9_900);
  await pass(499);
  expect(terminal.typed).toBe('\x1b\x1b\x1b');
  await pass(1);
  expect(terminal.typed).toBe('\x1b\x1b\x1b\x1b');
  await pause.end();
  await pass(600_000);
  expect(terminal.typed).toHaveLength(4);
  expect(interruptions).toBe(1);
});

test('the second of two escapes is not typed into a question that came after the first', async () => {
  await pauseOf('working', 20_000, '\x1b\x1b').begin();
  await pass(20_000);
  status = 'permission';
  await pass(60_000);
  expect(terminal.typed).toBe('\x1b');
});

test('the turn is interrupted between two tools; one that does not end is not waited for for ever', async () => {
  terminal.hasTools = true;
  const pause = pauseOf('working');
  await pause.begin();
  await pass(20_000);
  expect(terminal).toMatchObject({ isHeld: false, typed: '' });
  terminal.hasTools = false;
  await pass(250);
  expect(terminal.typed).toBe('\x1b');
  await pause.end();

  terminal.hasTools = true;
  await pauseOf('working').begin();
  await pass(20_000);
  for (let waited = 0; waited <= 15_000; waited += 250) await pass(250);
  expect(terminal.typed).toBe('\x1b\x1b');
});

test('one that waits at its prompt, or for an answer, is not typed at', async () => {
  for (const waiting of ['idle', 'permission'] as const) {
    await pauseOf(waiting).begin();
    await pass(30_000);
  }
  expect(terminal).toMatchObject({ isHeld: false, typed: '' });
  expect(interruptions).toBe(0);
});

test('a question that comes while a tool is waited for is not answered by the keys, and takes no time from the tool', async () => {
  terminal.hasTools = true;
  await pauseOf('working').begin();
  await pass(20_000);
  await pass(9_000);
  status = 'permission';
  terminal.hasTools = false;
  await pass(60_000);
  expect(terminal.typed).toBe('');
  status = 'working';
  terminal.hasTools = true;
  await pass(5_000);
  expect(terminal.typed).toBe('');
  await pass(3_000);
  expect(terminal.typed).toBe('\x1b');
});

test('a turn that ends while a tool is waited for needs no interruption', async () => {
  terminal.hasTools = true;
  await pauseOf('working').begin();
  await pass(21_000);
  status = 'idle';
  terminal.hasTools = false;
  await pass(60_000);
  expect([terminal.typed, interruptions]).toEqual(['', 0]);
});

test('going on while a tool is waited for interrupts nothing', async () => {
  terminal.hasTools = true;
  const pause = pauseOf('working');
  await pause.begin();
  await pass(21_000);
  await pause.end();
  terminal.hasTools = false;
  await pass(5_000);
  expect(interruptions).toBe(0);
});

test('a CLI that bears it stands still for as long as it takes', async () => {
  await pauseOf('working', null).begin();
  await pass(36_000_000);
  expect(terminal.isHeld).toBe(true);
});
