const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Nothing that is worth waiting for by itself lies further ahead: plans are counted by the month. */
const aheadMsMax = 32 * dayMs;
/** A time of day without a date that passed this lately is over; earlier ones mean the next day. */
const passedMsMax = 3 * hourMs;

const unitMs: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: 1_000, m: minuteMs, h: hourMs, d: dayMs },
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const epoch = /(?:\||"resets_at":\s*)(\d{10})\b/;
const waitsFor =
  /\b(?:try again|retry|retrying|resets?)\s+(?:in|after)\s+((?:\d+(?:\.\d+)?\s*(?:days?|d|hours?|hrs?|h|minutes?|mins?|ms|m|seconds?|secs?|s)(?![a-z])[\s,]*(?:and\s+)?)+)/i;
const amount = /(\d+(?:\.\d+)?)\s*(ms|d|h|m|s)/gi;
const waitsUntil = new RegExp(
  String.raw`\b(?:resets?|try again)\b(?:\s+(?:at|on))?\s+` +
    String.raw`(?:(?<month>${months.join('|')})[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\d{4}))?,?\s+(?:at\s+)?)?` +
    String.raw`(?<hour>\d{1,2})(?::(?<minute>\d{2}))?(?:\s*(?<half>[ap])\.?m\b)?` +
    String.raw`(?:\s*\((?<zone>[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*)\)|\s+(?:GMT|UTC)(?<offset>[+-]\d{1,2})?\b)?`,
  'i',
);

/**
 * The instant at which something may go on, as programs tell people: “try again in 3 hours 2 minutes”, “resets
 * 3:45pm (Europe/Berlin)”, “try again at Sep 27th, 2026 4:59 AM”, or in seconds since 1970. Times without a zone
 * are those of this machine. Null when the text tells none that is believable.
 */
export function futureTime(text: string, now: number): number | null {
  const at = fromEpoch(text) ?? fromWait(text, now) ?? fromClock(text, now);
  return at === null || at - now > aheadMsMax || now - at > aheadMsMax ? null : at;
}

function fromEpoch(text: string): number | null {
  const [, seconds] = epoch.exec(text) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}

function fromWait(text: string, now: number): number | null {
  const [, words] = waitsFor.exec(text) ?? [];
  if (words === undefined) return null;
  const short = words.replace(/(\d+(?:\.\d+)?)\s*([a-z])[a-z]*/gi, (whole, count, unit) =>
    /ms$/i.test(whole) ? whole : `${count}${unit}`,
  );
  const parts = [...short.matchAll(amount)];
  const ms = parts.reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit.toLowerCase()] ?? 0),
    0,
  );
  return now + Math.ceil(ms);
}

type Zone = (at: number) => number;

function fromClock(text: string, now: number): number | null {
  const found = waitsUntil.exec(text)?.groups;
  const hour = hourOf(found);
  if (found === undefined || hour === null) return null;
  const minute = Number(found['minute'] ?? 0);
  const zone = zoneOf(found['zone'], found['offset'], /\b(?:GMT|UTC)\b/.test(text));
  if (zone === null || minute > 59) return null;
  const here = new Date(now + zone(now));
  const today = here.getUTCDate();
  const isDated = found['month'] !== undefined;
  const month = isDated
    ? months.indexOf((found['month'] as string).toLowerCase())
    : here.getUTCMonth();
  const year = Number(found['year'] ?? here.getUTCFullYear());
  const day = isDated ? Number(found['day']) : today;
  const wall = Date.UTC(year, month, day, hour, minute);
  const at = instantOf(wall, zone);
  if (isDated) {
    const isLastYear = found['year'] === undefined && now - at > 180 * dayMs;
    return isLastYear ? instantOf(Date.UTC(year + 1, month, day, hour, minute), zone) : at;
  }
  return at < now - passedMsMax
    ? instantOf(wall + dayMs, zone)
    : at >= now - passedMsMax + dayMs
      ? instantOf(wall - dayMs, zone)
      : at;
}

/** A bare number is no time of day. */
function hourOf(found: Readonly<Record<string, string | undefined>> | undefined): number | null {
  const { hour: digits, half, minute } = found ?? {};
  if (digits === undefined || (half === undefined && minute === undefined)) return null;
  const hour = Number(digits);
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** The wall clock that shows this, which may change its offset in between. */
function instantOf(wall: number, zone: Zone): number {
  const guess = wall - zone(wall);
  return wall - zone(guess);
}

function zoneOf(name: string | undefined, offset: string | undefined, isUtc: boolean): Zone | null {
  if (name !== undefined) return namedZone(name);
  if (offset !== undefined) return () => Number(offset) * hourMs;
  return isUtc ? () => 0 : at => -new Date(at).getTimezoneOffset() * minuteMs;
}

function namedZone(name: string): Zone | null {
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    return at => {
      const parts = Object.fromEntries(
        clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
      );
      const of = (type: string) => parts[type] ?? 0;
      const wall = Date.UTC(
        ...([of('year'), of('month') - 1, of('day')] as const),
        ...([of('hour'), of('minute'), of('second')] as const),
      );
      return wall - Math.floor(at / 1_000) * 1_000;
    };
  } catch {
    return null;
  }
}
