const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** What a timer of Node can hold is 24.8 days. */
const durationMsMax = 24 * 3_600_000;

/** Milliseconds of `500ms`, `30s`, `10m`, `1h`, `1.5h`; null for anything else, and for 0 and more than a day. */
export function durationMs(text: string): number | null {
  const match = /^([0-9]{1,7}(?:\.[0-9]{1,3})?) ?(ms|s|m|h)$/.exec(text.trim());
  if (match === null) return null;
  const ms = Math.round(Number(match[1]) * (unitMs[match[2] as string] as number));
  return ms > 0 && ms <= durationMsMax ? ms : null;
}
