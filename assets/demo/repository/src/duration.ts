/** Whole minutes. */
export type Minutes = number;

/** Reads `90m`, `2h` or `1h 30m`. Throws a RangeError for anything else. */
export function parseDuration(text: string): Minutes {
  const match = /^(?:(\d+)h)?\s*(?:(\d+)m)?$/.exec(text.trim());
  if (match === null || text.trim() === '') throw new RangeError(`not a duration: ${text}`);
  return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
}

/** Writes `90` as `1h 30m`. */
export function formatDuration(minutes: Minutes): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest}m`;
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
}
