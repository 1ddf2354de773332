import { expect, test } from 'vitest';
import { futureTime } from '../../../src/adapters/agent-cli/future-time.ts';

/** Wednesday, 14:30 in UTC. */
const now = Date.UTC(2026, 7, 12, 14, 30);
const inUtc = (text: string) => {
  const at = futureTime(text, now);
  return at === null ? null : new Date(at).toISOString().slice(5, 19);
};

test.each([
  // Claude Code
  ['Claude AI usage limit reached|1786550400', '08-12T16:00:00'],
  [
    'Claude usage limit reached. Your limit will reset at 1pm (America/New_York).',
    '08-12T17:00:00',
  ],
  ['You’ve hit your session limit · resets 5:40pm (Europe/Berlin)', '08-12T15:40:00'],
  ['You’ve hit your weekly limit · resets Aug 15 at 10am (Asia/Tokyo)', '08-15T01:00:00'],
  ['Weekly limit reached ∙ resets Aug 15, 10am (UTC)', '08-15T10:00:00'],
  ['You’ve hit your session limit · resets 12:50am (America/Los_Angeles)', '08-13T07:50:00'],
  ['resets 2:30pm (Pacific/Auckland)', '08-13T02:30:00'],
  // Codex
  ['Upgrade to Pro (https://a.b/c) or try again in 5 days 22 hours 11 minutes.', '08-18T12:41:00'],
  ['You’ve hit your usage limit. Try again in 3 hours 2 minutes.', '08-12T17:32:00'],
  ['… purchase more credits or try again at Aug 14th, 2026 4:59 AM UTC', '08-14T04:59:00'],
  ['Rate limit reached. Please try again in 11.054s.', '08-12T14:30:11'],
  ['{"type":"usage_limit_reached","resets_at":1786550400,"resets_in_seconds":1}', '08-12T16:00:00'],
  // Gemini CLI
  ['Your quota will reset after 3h12m5s.', '08-12T17:42:05'],
  ['Usage limit reached for a-model. Access resets at 10:57 PM GMT-3.', '08-13T01:57:00'],
  ['Please retry in 34.4s.', '08-12T14:30:34'],
  ['try again in 900ms', '08-12T14:30:00'],
  // Just passed: that was it, and not tomorrow.
  ['resets 2pm (UTC)', '08-12T14:00:00'],
  ['resets 11:31pm (UTC)', '08-12T23:31:00'],
  // None, or not to be believed
  ['API Error: 529 Overloaded. Try again in a moment.', null],
  ['try again at 5', null],
  ['it resets 2 tables', null],
  ['resets 3pm (Nowhere/Land)', null],
  ['resets 25:00', null],
  ['try again in 900 days', null],
  ['', null],
])('%s', (text, expected) => {
  expect(inUtc(text)).toBe(expected);
});

test('a time without a zone is one of this machine', () => {
  const at = futureTime('You’ve hit your limit · resets 3:45pm', now);
  const shown = new Date(at ?? 0);
  expect([shown.getHours(), shown.getMinutes()]).toEqual([15, 45]);
});

test('a date without a year may be in the next one', () => {
  const newYearsEve = Date.UTC(2026, 11, 31, 20);
  expect(futureTime('resets Jan 2, 10am (UTC)', newYearsEve)).toBe(Date.UTC(2027, 0, 2, 10));
});
