import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { stuckOnes } from '../../src/ui/present/facts/stuck.ts';
import { perHour, sparkline, trendLine } from '../../src/ui/present/facts/trend.ts';
import { lineText } from '../../src/ui/present/line.ts';
import { needsYou } from '../../src/ui/present/needs.ts';
import { sinceLine } from '../../src/ui/present/since.ts';
import { SpendLog } from '../../src/ui/spend-log.ts';
import { asciiText } from '../../src/ui/theme/ascii-text.ts';
import { agentOf, minutes, noon, stateOf, taskOf } from '../support/memory-team-store.ts';

const hours = (count: number) => minutes(60 * count);
const landed = (ago: number): Event =>
  ({ type: 'landing.finished', at: noon - ago, task: 'T-1', attempt: 1, commit: 'c' }) as never;
const caught = (ago: number): Event =>
  ({ type: 'attempt.failed', at: noon - ago, task: 'T-2', attempt: 1, reason: 'gate' }) as never;

describe('who is stuck', () => {
  const state = stateOf(
    [
      agentOf('eng-1', { status: 'limited', since: noon - minutes(25) }),
      agentOf('eng-2', { status: 'limited', since: noon - minutes(1) }),
      agentOf('eng-3', { status: 'exited', stopped: true, since: noon - minutes(40) }),
      agentOf('eng-4', { status: 'working', since: noon - minutes(50) }),
    ],
    [
      taskOf('T-5', 'Ask', {
        escalation: { to: 'manager', why: '', since: noon - minutes(90), deadline: null },
      }),
      taskOf('T-6', 'Wait', { blocked: 'no key', since: noon - minutes(3) }),
      taskOf('T-7', 'Over', { blocked: 'no key', column: 'done' }),
    ],
  );

  test('those that wait for something that is not their own work, the longest first', () => {
    expect(stuckOnes(state, noon).map(({ name }) => name)).toEqual(['T-5', 'eng-1', 'T-6']);
  });

  test('they stand in the line with their time, also when nothing else has happened', () => {
    const facts = { events: [], lookedAt: noon - hours(1), state, now: noon, spentSince: 3.5 };
    const line = sinceLine({ ...facts, needs: needsYou(state, defaultPolicy) });
    expect(lineText(line ?? [])).toBe(
      ' since you looked, 08:30: stuck T-5 1h30, eng-1 25m, T-6 3m · $3.50 spent',
    );
  });

  test('what a person added is no news to them', () => {
    const added = (task: string, by: string) =>
      ({ type: 'task.added', at: noon, task, by }) as unknown as Event;
    const quiet = stateOf([], []);
    const facts = { lookedAt: noon - hours(1), state: quiet, now: noon, spentSince: 0, needs: [] };
    const events = [added('T-8', 'person'), added('T-9', 'architect')];
    const line = sinceLine({ ...facts, events });
    expect(lineText(line ?? [])).toBe(' since you looked, 08:30: added T-9');
    expect(sinceLine({ ...facts, events: events.slice(0, 1) })).toBeNull();
  });

  test('where it has no room names give way to counts, never who is stuck and what it cost', () => {
    const events = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5', 'T-6'].flatMap(task => [
      { ...landed(2), task } as Event,
      { ...caught(1), task } as Event,
    ]);
    const facts = {
      events,
      lookedAt: noon - hours(1),
      state,
      now: noon,
      spentSince: 3.5,
      needs: [],
    };
    const at = (width: number) => lineText(sinceLine(facts, width) ?? []);
    expect(at(200)).toContain('landed T-1 T-2 T-3 T-4 and 2 more · caught T-1/1');
    expect(at(110)).toBe(
      ' since you looked, 08:30: landed 6 · caught 6 · stuck T-5 1h30, eng-1 25m, T-6 3m · $3.50 spent',
    );
    for (const width of [110, 130, 150, 200]) expect(at(width)).toMatch(/stuck T-5.*\$3\.50 spent/);
    for (const width of [110, 130, 150, 200]) expect(at(width).length).toBeLessThanOrEqual(width);
  });

  test('a calm team has no line, whatever it spends', () => {
    const calm = stateOf([agentOf('eng-1')], []);
    const facts = { events: [], lookedAt: 0, state: calm, now: noon, spentSince: 9, needs: [] };
    expect(sinceLine(facts)).toBeNull();
  });
});

describe('the trend', () => {
  test('counts by the hour, the newest last, and forgets what is older', () => {
    const events = [landed(hours(9)), landed(hours(2.5)), landed(hours(0.5)), landed(1)];
    expect(perHour(events, one => one.type === 'landing.finished', noon, 4)).toEqual([0, 1, 0, 2]);
  });

  test('one landing is no full bar, nothing is the lowest one, and much fits', () => {
    expect(sparkline([0, 1, 2, 4])).toBe('▁▃▅█');
    expect(sparkline([0, 50, 100])).toBe('▁▅█');
    expect(asciiText(sparkline([0, 1, 2, 4]))).toBe('_:=#');
  });

  test('fits the narrowest panel, and in ASCII too', () => {
    const events = [landed(1), landed(2), caught(3)];
    expect(lineText(trendLine(events, noon, 28))).toBe('✓▁▁▁▁▁▅ ×▁▁▁▁▁▃ /h');
    expect(asciiText(lineText(trendLine(events, noon, 40)))).toBe('+_______= x_______: per hour');
  });
});

test('what was spent is told from the newest sample before the person left', () => {
  const log = new SpendLog();
  log.record(noon, 1);
  log.record(noon + 1_000, 1.5);
  log.record(noon + minutes(2), 2);
  expect(log.since(noon + minutes(1), 5)).toBe(4);
  expect(log.since(noon + minutes(3), 5)).toBe(3);
  expect(log.since(noon - minutes(3), 5)).toBe(4);
  expect(log.since(noon, null)).toBeNull();
  expect(new SpendLog().since(noon, 1)).toBeNull();
});
