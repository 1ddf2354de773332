import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { JumpMeter, SystemClock } from '../../../src/adapters/system/system-clock.ts';
import { testClock } from '../../contract/clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';

testClock('system', () => ({ clock: new SystemClock(), pass: ms => delay(ms) }));
testClock('fake', () => {
  const clock = new FakeClock();
  return { clock, pass: async ms => clock.advance(ms) };
});

describe('with the timers of the test runner', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a wait longer than a timer can hold is made of several', () => {
    const clock = new SystemClock();
    let rings = 0;
    clock.wakeAt(clock.now() + 2 ** 32, () => {
      rings += 1;
    });
    vi.advanceTimersByTime(2 ** 32 - 1);
    expect(rings).toBe(0);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(rings).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an alarm waits on when the wall clock was set back', () => {
    const clock = new SystemClock();
    let rings = 0;
    clock.wakeAt(clock.now() + 1_000, () => {
      rings += 1;
    });
    vi.setSystemTime(Date.now() - 500);
    vi.advanceTimersByTime(1_000);
    expect(rings).toBe(0);
    vi.advanceTimersByTime(500);
    expect(rings).toBe(1);
  });

  test('a set wall clock is noticed within a heartbeat, once, until the watch is stopped', () => {
    const gaps: number[] = [];
    const stop = new SystemClock().watchForJumps(gapMs => gaps.push(gapMs));
    vi.advanceTimersByTime(60_000);
    expect(gaps).toEqual([]);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(20_000);
    expect(gaps).toEqual([3_600_000]);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

// Passed since the last beat: wall, monotonic → the gap, or null.
test.each([
  ['in order', 5_000, 5_000, null],
  ['late on a busy machine', 7_900, 7_900, null],
  ['slewed by a time server', 6_900, 5_000, null],
  ['stopped for a minute: both clocks went on', 65_000, 65_000, 60_000],
  ['suspended for an hour: the monotonic clock stood still', 3_605_000, 5_000, 3_600_000],
  ['set back an hour', -3_595_000, 5_000, -3_600_000],
])('a beat %s', (_, wallMs, monotonicMs, gapMs) => {
  const meter = new JumpMeter(1_000_000, 500);
  expect(meter.beat(1_000_000 + wallMs, 500 + monotonicMs)).toBe(gapMs);
  expect(meter.beat(1_005_000 + wallMs, 5_500 + monotonicMs)).toBeNull();
});

test('the fake clock rings in order of time, also what is set on the way', () => {
  const clock = new FakeClock(0);
  const rings: string[] = [];
  clock.wakeAt(30, () => rings.push(`c${clock.now()}`));
  clock.wakeAt(10, () => {
    rings.push(`a${clock.now()}`);
    clock.wakeAt(20, () => rings.push(`b${clock.now()}`));
  });
  clock.wakeAt(40, () => rings.push('late'));
  clock.advance(35);
  expect(rings).toEqual(['a10', 'b20', 'c30']);
  expect(clock.now()).toBe(35);
  expect(clock.nextAlarm).toBe(40);
});

test('between two beats a jump is seen by whoever looks, once, and time in order is none', () => {
  const meter = new JumpMeter(1_000_000, 500);
  expect(meter.look(1_002_000, 2_500)).toBeNull();
  const hours = 2 * 3_600_000;
  expect(meter.look(1_003_000 + hours, 3_500)).toBe(hours);
  expect(meter.look(1_003_100 + hours, 3_600)).toBeNull();
  expect(meter.beat(1_005_000 + hours, 5_500)).toBeNull();
  expect(meter.look(1_006_000, 6_500)).toBe(-hours);
});
