import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseMoment } from '../../../src/cli/report/parse-moment.ts';
import { fullTime, pastTime, stopwatch, timeAhead } from '../../../src/ui/present/age.ts';

const at = Date.parse('2026-11-26T23:07:05.000Z');
const age = new URL('../../../src/ui/present/age.ts', import.meta.url).href;

/** Of this process the time zone cannot be changed. */
const printedIn = (zone: string): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { fullTime, pastTime, timeAhead } from ${JSON.stringify(age)}; process.stdout.write(fullTime(${at}));`,
    ],
    { env: { TZ: zone }, encoding: 'utf8' },
  );

test.each([
  ['UTC', '2026-11-26 23:07:05 +00:00'],
  ['Asia/Kolkata', '2026-11-27 04:37:05 +05:30'],
  ['America/St_Johns', '2026-11-26 19:37:05 -03:30'],
])('a time that is printed is the person’s, in %s', (zone, text) => {
  expect(printedIn(zone)).toBe(text);
});

test('what is printed can be given back', () => {
  expect(parseMoment('since', fullTime(at), 0)).toBe(at);
});

const of = (day: number, hour: number): number => new Date(2026, 10, day, hour, 5).getTime();

test('what was on another day has the day before it', () => {
  expect(pastTime(of(26, 9), of(26, 23))).toBe('09:05');
  expect(pastTime(of(25, 23), of(26, 0))).toBe('11-25 23:05');
});

test('what is waited for for days has the day in place of the time, in as many columns', () => {
  expect(timeAhead(of(27, 8), of(26, 22))).toBe('08:05');
  expect(timeAhead(of(29, 8), of(26, 22))).toBe('11-29');
});

test('a stopwatch counts hours, too: two thousand minutes tell nobody how long that is', () => {
  expect([0, 64_000, 3_599_000].map(stopwatch)).toEqual(['0:00', '1:04', '59:59']);
  expect([3_600_000, 86_464_000].map(stopwatch)).toEqual(['1:00:00', '24:01:04']);
});
