const minuteMs = 60_000;

/**
 * How long ago, in whole minutes, so that nothing has to be drawn again before the next minute.
 * At most five columns.
 */
export function age(since: number, now: number): string {
  const minutes = Math.floor((now - since) / minuteMs);
  if (minutes < 1) return '<1m';
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.min(999, Math.floor(hours / 24))}d`;
}

/** `1:04`, or `2:01:04` with hours, for what is being waited for. */
export function stopwatch(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  const rest = twoDigits(seconds % 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${rest}`;
}

/** Hours and minutes in the person's time zone. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** The same of what has been, with the day before it (`11-25 23:10`) where that is not the day of `now`. */
export function pastTime(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? clockTime(at) : `${monthAndDay(at)} ${clockTime(at)}`;
}

/** The beginning of the day, in the person's time zone: for what is laid out anew once a day. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** From here on a time of the clock alone would be taken for an earlier one. */
const aheadMsMax = 20 * 60 * minuteMs;

/** What is waited for since `from`, in five columns: the time of the clock, or the day (`11-28`) where that is far. */
export const timeAhead = (at: number, from: number): string =>
  at - from < aheadMsMax ? clockTime(at) : monthAndDay(at);

/** `11-28`, in the person's time zone. */
export function monthAndDay(at: number): string {
  const date = new Date(at);
  return `${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/**
 * `2026-11-26 10:37:35 +01:00`, in the person's time zone: what is printed may be read on another day or elsewhere.
 * `belfry report --since` takes it.
 */
export function fullTime(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())];
  // Counted from the person to UTC, so that east is negative.
  const offset = -date.getTimezoneOffset();
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${day.join('-')} ${clockTime(at)}:${twoDigits(date.getSeconds())} ${zone}`;
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;
