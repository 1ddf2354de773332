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

/** `1:04`, for what is being waited for. */
export function stopwatch(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Hours and minutes in the person's time zone. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;
