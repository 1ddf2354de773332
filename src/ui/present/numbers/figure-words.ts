import type { Figure } from '../../../core/numbers/figure.ts';
import { dollars } from '../usage/usage-words.ts';

const minuteMs = 60_000;

export const notMeasured = 'not measured';

/** `40 s`, `12 min`, `1 h 05 min`, `31 h`: as exact as anybody reads. */
export function durationWords(ms: number): string {
  if (ms < minuteMs) return `${Math.round(ms / 1_000)} s`;
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${hours} h`;
}

/** The value with its unit; a sign before it where it is an estimate, or where part of it is not known. */
export function figureWords({ value, unit, isEstimate, isAtLeast }: Figure): string {
  if (value === null) return notMeasured;
  const sign = isAtLeast ? '≥ ' : isEstimate ? '≈ ' : '';
  switch (unit) {
    case 'count':
    case 'lines':
      return `${sign}${value}`;
    case 'ms':
      return sign + durationWords(value);
    case 'dollars':
      return sign + dollars(value);
    case 'share':
      return `${sign}${Math.round(value * 100)} %`;
    case 'times':
      return `${sign}${value.toFixed(1)}×`;
  }
}

/** What is said of it: an estimate is called one. */
export const howWords = ({ how, isEstimate, value }: Figure): string =>
  isEstimate && value !== null ? `estimate: ${how}` : how;
