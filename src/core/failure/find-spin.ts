import { type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { normaliseLine } from './normalise.ts';
import { isTestFile } from './test-files.ts';

/** A gate that prints less than this when it fails does not say what is wrong. */
const tellingCharsMin = 40;

/** One failed attempt, as far as a loop can be seen from it. */
export type FailedTry = {
  readonly excerpt: string;
  /** Files that changed since the attempt before; null for a first attempt, or when nobody knows. */
  readonly retouched: readonly string[] | null;
  /** All that changed since then were sleeps, timeouts, retries or skips. */
  readonly waitsOnly?: boolean;
};

export type Spin = {
  readonly rule:
    | ('same-failure' | 'circle' | 'not-shrinking')
    | ('tests-only' | 'waits-only' | 'says-nothing');
  /** For the page of whoever has to decide. */
  readonly why: string;
};

/**
 * Whether the newest of these failures shows that another try of the same kind is wasted. They are the
 * failures of one engineer since the task was given to it, oldest first.
 */
export function findSpin(failures: readonly FailedTry[]): Spin | null {
  const last = failures.at(-1);
  const before = failures.at(-2);
  if (last === undefined || before === undefined) return null;
  const [now, then] = [fingerprintOf(last.excerpt), fingerprintOf(before.excerpt)];
  if (now.key !== null && now.key === then.key)
    return { rule: 'same-failure', why: 'the same failure twice: the retry changed nothing' };
  if (isCircle(failures, now))
    return { rule: 'circle', why: 'in a circle: an earlier failure is back' };
  if (last.waitsOnly)
    return {
      rule: 'waits-only',
      why: 'the retry changed sleeps, timeouts or skips only, and the gate is still red',
    };
  if (saysNothing(last.excerpt, before.excerpt))
    return {
      rule: 'says-nothing',
      why: `the gate says no more than “${last.excerpt.trim()}”, twice`,
    };
  if (isTestsOnly(last.retouched))
    return { rule: 'tests-only', why: 'the retry changed tests only, and the gate is still red' };
  const grown = growth(then, now);
  return grown === null ? null : { rule: 'not-shrinking', why: grown };
}

/** Nobody can mend what is not told: a third try would be as blind as the second. */
const saysNothing = (now: string, then: string): boolean =>
  now.trim().length < tellingCharsMin && normaliseLine(now.trim()) === normaliseLine(then.trim());

/** A, B, and A again. */
const isCircle = (failures: readonly FailedTry[], now: Fingerprint): boolean =>
  now.key !== null &&
  failures.slice(0, -2).some(({ excerpt }) => fingerprintOf(excerpt).key === now.key);

const isTestsOnly = (files: readonly string[] | null): boolean =>
  files !== null && files.length > 0 && files.every(isTestFile);

/**
 * Everything that failed fails still. One failing test that fails in another way is left a second chance:
 * something was understood about it.
 */
function growth(then: Fingerprint, now: Fingerprint): string | null {
  if (then.failing.size === 0 || then.count === null || now.count === null) return null;
  if (now.count < then.count) return null;
  if (![...then.failing].every(name => now.failing.has(name))) return null;
  if (now.count === 1) return null;
  return now.count > then.count
    ? `more fails than before: ${now.count} after ${then.count}`
    : `the same ${now.count} tests fail still`;
}
