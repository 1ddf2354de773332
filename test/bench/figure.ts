/** One measured figure and what is asked of it. Times are only ever compared with each other or with a bound in words. */
export type Figure = {
  readonly name: string;
  /** Null when it could not be measured here; the name says why. */
  readonly value: number | null;
  readonly unit: string;
  /** The most that is allowed; null for a figure that is only told. */
  readonly bound: number | null;
};

/** The value below which the given part (0 to 1) of the sorted samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function lineOf({ name, value, unit, bound }: Figure): string {
  if (value === null) return `  ${'not run'.padStart(14)}  ${name}`;
  const shown = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`.padStart(14);
  if (bound === null) return `  ${shown}  ${name}`;
  const mark = value <= bound ? 'ok  ' : 'OVER';
  return `${mark} ${shown}  ${name} (at most ${bound} ${unit})`;
}
