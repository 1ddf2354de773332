/** What a figure counts. Shares are 0 to 1, `times` is a ratio, durations are milliseconds. */
export type Unit = 'count' | 'lines' | 'ms' | 'dollars' | 'share' | 'times';

/** One number of the report, with where it comes from. */
export type Figure = {
  /** For programs that read the report: never changes its meaning within one version of the format. */
  readonly id: string;
  readonly name: string;
  /** Null: not measured. */
  readonly value: number | null;
  readonly unit: Unit;
  readonly isEstimate: boolean;
  /** Part of it is not known: the true value is this or more. */
  readonly isAtLeast: boolean;
  /** How it was measured, by which formula it is estimated, or why it is not measured. */
  readonly how: string;
};

type Seed = Pick<Figure, 'id' | 'name' | 'value' | 'unit' | 'how'> & Partial<Figure>;

export const figure = (seed: Seed): Figure => ({ isEstimate: false, isAtLeast: false, ...seed });

export const count = (id: string, name: string, value: number, how: string): Figure =>
  figure({ id, name, value, unit: 'count', how });

export const counted = (amount: number, noun: string, many = `${noun}s`): string =>
  `${amount} ${amount === 1 ? noun : many}`;

/** What is said only where there is any of it. */
export const also = (amount: number, words: string): string => (amount === 0 ? '' : words);

/** A ratio; null where there is nothing to divide by. */
export const ratio = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;
