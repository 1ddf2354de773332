import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import { stateAt } from '../../../src/core/apply/supervise.ts';
import type { Event, EventBody } from '../../../src/core/event.ts';
import type { Oid } from '../../../src/core/ids.ts';
import { emptyState } from '../../../src/core/state.ts';

const start: EventBody = { type: 'run.started', trunk: 'main', head: 'a' as Oid };
const end: EventBody = { type: 'run.ended' };
const moved: EventBody = { type: 'trunk.moved', head: 'b' as Oid, by: 'outside' };
const pause: EventBody = { type: 'team.paused' };
const resume: EventBody = { type: 'team.resumed' };
const slept = (gapMs: number): EventBody => ({ type: 'clock.jumped', gapMs });
const at = (time: number, body: EventBody): Event => ({ ...body, at: time });
const fold = (...events: readonly Event[]) => events.reduce(apply, emptyState);

test.each([
  ['a run from its start to its end', [at(10, start), at(15, moved), at(30, end)], [20, 0, 1, 0]],
  ['time between runs is nobody’s', [at(0, start), at(10, end), at(90, start)], [10, 0, 2, 0]],
  [
    'a run that was cut off counts up to its last fact',
    [at(0, start), at(10, moved), at(90, start), at(95, end)],
    [15, 0, 2, 1],
  ],
  [
    'a pause of the team is not time at work',
    [at(0, start), at(10, pause), at(40, moved), at(50, resume), at(60, end)],
    [20, 40, 1, 0],
  ],
  [
    'a pause over a restart is none of the time in which nothing ran',
    [at(0, start), at(10, pause), at(20, end), at(90, start), at(95, resume)],
    [10, 15, 2, 0],
  ],
  ['a machine that slept', [at(0, start), at(100, slept(80)), at(110, end)], [30, 0, 1, 0]],
  ['a clock that was set back', [at(50, start), at(20, slept(-40)), at(30, end)], [20, 0, 1, 0]],
] as const)('%s', (_name, events, [ms, pausedMs, runs, cutRuns]) => {
  expect(fold(...events).supervised).toEqual({ ms, pausedMs, runs, cutRuns });
});

test.each([
  ['while a run is under way', fold(at(0, start)), null, 7],
  ['after a run ended', fold(at(0, start), at(3, end)), null, 3],
  ['in the gap after a run that was cut off', fold(at(0, start), at(3, moved)), at(90, start), 3],
  ['before the machine fell asleep', fold(at(0, start)), at(100, slept(80)), 7],
  ['after it fell asleep', fold(at(0, start)), at(100, slept(96)), 4],
] as const)('at an instant %s', (_name, state, next, ms) => {
  expect(stateAt(state, 7, next).supervised.ms).toBe(ms);
});
