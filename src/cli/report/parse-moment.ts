import type { Instant } from '../../core/ids.ts';
import { UserError } from '../user-error.ts';

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?[+-]\d{2}:\d{2}|Z)?$/;

/**
 * An instant of `7d`, `12h`, `90m` (so long before `now`), of a day (its beginning where the person is) or of an
 * ISO time, or one as Belfry prints it. Throws `UserError` for anything else.
 */
export function parseMoment(flag: string, text: string, now: Instant): Instant {
  const ago = /^(\d{1,6}(?:\.\d{1,2})?) ?(m|h|d)$/.exec(text.trim());
  if (ago !== null) return now - Number(ago[1]) * (unitMs[ago[2] as string] as number);
  const isDay = day.test(text);
  const at =
    isDay || moment.test(text) ? Date.parse(isDay ? `${text}T00:00` : joined(text)) : Number.NaN;
  // `2026-02-31` is read as a day of March.
  if (!Number.isNaN(at) && (!isDay || new Date(at).getDate() === Number(text.slice(8)))) return at;
  throw new UserError(
    `--${flag} takes so long ago (90m, 12h, 7d), a day (2026-11-20) or a time (2026-11-20T09:30), not “${text}”.`,
    2,
  );
}

/** As ISO 8601 has it, with no space before the offset. */
const joined = (text: string): string => text.replace(' ', 'T').replace(' ', '');
