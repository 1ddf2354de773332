import type { Event } from '../../../core/event.ts';
import { type Line, span, type Tone } from '../line.ts';

const hourMs = 3_600_000;
const levels = '▁▂▃▄▅▆▇█';
/** A single landing is no full bar: nobody lands less than this in a good hour. */
const fullMin = 4;

const isLanding = ({ type }: Event): boolean => type === 'landing.finished';

/** What the gate did not let pass. */
export const isCatch = (event: Event): boolean =>
  (event.type === 'attempt.failed' && event.reason === 'gate') || event.type === 'attempt.collided';

/** How many facts of a kind each of the last hours had, the hour that ends now last. */
export function perHour(
  events: readonly Event[],
  isCounted: (event: Event) => boolean,
  now: number,
  hours: number,
): readonly number[] {
  const counts = Array.from({ length: hours }, () => 0);
  for (const event of events) {
    const ago = Math.floor((now - event.at) / hourMs);
    const at = hours - 1 - Math.max(0, ago);
    if (at >= 0 && isCounted(event)) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** One sign for each count; nothing is the lowest one. */
export function sparkline(counts: readonly number[]): string {
  const full = Math.max(fullMin, ...counts);
  return counts
    .map(count => levels[Math.ceil((count / full) * (levels.length - 1))] ?? '')
    .join('');
}

const part = (sign: string, tone: Tone, counts: readonly number[]): Line => {
  const sum = counts.reduce((total, count) => total + count, 0);
  return [span(`${sign}${sparkline(counts)}`, sum > 0 ? tone : 'quiet')];
};

/** Landings and catches of the last hours, one sign for each hour: `✓▁▃▅ ×▁▁▂ per hour`. */
export function trendLine(events: readonly Event[], now: number, width: number): Line {
  const isNarrow = width < 32;
  const hours = isNarrow ? 6 : 8;
  return [
    ...part('✓', 'good', perHour(events, isLanding, now, hours)),
    span(' '),
    ...part('×', 'bad', perHour(events, isCatch, now, hours)),
    span(isNarrow ? ' /h' : ' per hour', 'quiet'),
  ];
}
