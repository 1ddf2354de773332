/** An amount in cents. Fractions of money are never kept in floating point. */
export type Cents = number;

const pattern = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** Reads `12`, `12.5` or `-12.50`. Throws a RangeError for anything else. */
export function parseMoney(text: string): Cents {
  const match = pattern.exec(text.trim());
  if (match === null) throw new RangeError(`not an amount: ${text}`);
  const [, sign, whole, fraction = ''] = match;
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return sign === '-' && cents > 0 ? -cents : cents;
}

/** Writes `1250` as `12.50`. */
export function formatMoney(cents: Cents): string {
  const sign = cents < 0 ? '-' : '';
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function addMoney(amounts: readonly Cents[]): Cents {
  return amounts.reduce((total, amount) => total + amount, 0);
}
