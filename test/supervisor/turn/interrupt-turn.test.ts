import { beforeEach, describe, expect, test } from 'vitest';
import type { StatusReading } from '../../../src/ports/agent-cli.ts';
import { interruptTurn } from '../../../src/supervisor/turn/interrupt-turn.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const question = { id: 'q-1', kind: 'permission', text: 'rm?' } as const;

let clock: FakeClock;
let typed: string[];
let reading: Pick<StatusReading, 'status' | 'question'>;
let has: {
  tool: boolean;
  exit: null | { code: number; signal: number };
  held: boolean;
  wanted: boolean;
};
let interrupted: number;

beforeEach(() => {
  clock = new FakeClock();
  typed = [];
  reading = { status: 'working', question: null };
  has = { tool: false, exit: null, held: false, wanted: true };
  interrupted = 0;
});

const begin = (interruptKeys = '\x1b') =>
  interruptTurn({
    terminal: {
      write: keys => void typed.push(keys),
      get exit() {
        return has.exit;
      },
      runsTools: () => has.tool,
    },
    ...{ clock, interruptKeys, reading: () => reading },
    isHeld: () => has.held,
    isWanted: () => has.wanted,
    onInterrupted: () => {
      interrupted += 1;
    },
  });

describe('a turn is interrupted', () => {
  test('at once where no tool runs', () => {
    begin();
    expect([typed, interrupted]).toEqual([['\x1b'], 1]);
  });

  test('by two escapes that are two, where one is not enough', () => {
    begin('\x1b\x1b');
    expect([typed, interrupted]).toEqual([['\x1b'], 1]);
    clock.advance(100);
    expect(typed).toEqual(['\x1b', '\x1b']);
    begin('\x1b\x1b');
    has.exit = { code: 0, signal: 0 };
    clock.advance(1_000);
    expect(typed).toHaveLength(3);
  });

  test('by two that are farther apart each time, where a busy program read both together', () => {
    begin('\x1b\x1b');
    for (const apart of [100, 500, 1_500, 3_000, 3_000]) {
      const before = typed.length;
      clock.advance(apart - 1);
      expect(typed).toHaveLength(before);
      clock.advance(1);
      expect(typed).toHaveLength(before + 1);
      clock.advance(10_000 - apart);
      expect(typed).toHaveLength(before + 2);
    }
    expect(interrupted).toBe(1);
  });

  test('without the second of two where a question came after the first', () => {
    begin('\x1b\x1b');
    reading = { status: 'permission', question };
    clock.advance(10_000);
    expect(typed).toEqual(['\x1b']);
  });

  test('once more where it works on, as long as that is wanted', () => {
    begin();
    clock.advance(9_999);
    expect(typed).toHaveLength(1);
    clock.advance(1);
    expect([typed.length, interrupted]).toEqual([2, 1]);
    reading = { status: 'idle', question: null };
    clock.advance(60_000);
    expect(typed).toHaveLength(2);
  });

  test('where it only seemed to be at its prompt', () => {
    reading = { status: 'idle', question: null };
    begin();
    clock.advance(5_000);
    expect(typed).toEqual([]);
    reading = { status: 'working', question: null };
    clock.advance(1_000);
    expect(typed).toEqual(['\x1b']);
  });

  test('when its tool has ended, and not for ever later', () => {
    has.tool = true;
    begin();
    clock.advance(5_000);
    expect(typed).toEqual([]);
    has.tool = false;
    clock.advance(250);
    expect(typed).toEqual(['\x1b']);
    has.tool = true;
    begin();
    clock.advance(15_000);
    expect(interrupted).toBe(2);
  });

  test('so that a question before its tool, or a pause in the middle, takes nothing from the time of the tool', () => {
    has.tool = true;
    reading = { status: 'permission', question };
    begin();
    clock.advance(60_000);
    reading = { status: 'working', question: null };
    clock.advance(9_000);
    has.held = true;
    clock.advance(60_000);
    has.held = false;
    clock.advance(5_000);
    expect(typed).toEqual([]);
    clock.advance(3_000);
    expect(typed).toEqual(['\x1b']);
  });

  test('never into a question, into a pause or while nobody knows; once that is over', () => {
    reading = { status: 'permission', question };
    begin();
    clock.advance(60_000);
    reading = { status: 'unknown', question: null };
    clock.advance(60_000);
    reading = { status: 'working', question: null };
    has.held = true;
    clock.advance(60_000);
    expect(typed).toEqual([]);
    has.held = false;
    clock.advance(1_000);
    expect(typed).toEqual(['\x1b']);
  });

  test('not where it is over by itself, unwanted, gone, or not borne by the agent CLI', () => {
    reading = { status: 'idle', question: null };
    begin();
    clock.advance(60_000);
    has.wanted = false;
    reading = { status: 'working', question: null };
    clock.advance(60_000);
    has.wanted = true;
    begin('');
    has.exit = { code: 0, signal: 0 };
    begin();
    has.exit = null;
    has.tool = true;
    begin();
    has.wanted = false;
    has.tool = false;
    clock.advance(60_000);
    expect([typed, interrupted]).toEqual([[], 0]);
  });
});
