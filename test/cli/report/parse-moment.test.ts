import { expect, test } from 'vitest';
import { parseMoment } from '../../../src/cli/report/parse-moment.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const local = (text: string) => new Date(text).getTime();

test.each([
  ['90m', now - 90 * 60_000],
  ['12h', now - 12 * 3_600_000],
  ['7d', now - 7 * 86_400_000],
  ['1.5h', now - 90 * 60_000],
  ['2026-11-20', local('2026-11-20T00:00')],
  ['2026-11-20T09:30', local('2026-11-20T09:30')],
  ['2026-11-20T09:30:00Z', Date.parse('2026-11-20T09:30:00Z')],
  // As Belfry itself prints it.
  ['2026-11-20 09:30:00 +05:30', Date.parse('2026-11-20T04:00:00Z')],
  ['2026-11-20T09:30:00-03:30', Date.parse('2026-11-20T13:00:00Z')],
])('%s', (text, at) => {
  expect(parseMoment('since', text, now)).toBe(at);
});

test.each(['', '7', 'd', '7w', '-1d', '2026-13-01', '2026-11-20T25:00', 'Nov 20', '20261120'])(
  'refuses “%s”',
  text => {
    expect(() => parseMoment('since', text, now)).toThrow(/--since takes/);
  },
);
