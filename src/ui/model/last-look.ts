import type { Ui } from './model.ts';

type Presence = Pick<Ui, 'hasFocus' | 'activeAt' | 'lookedAt'>;

/** A key after so long without one is the key of somebody who comes back. */
const awayAfterMs = 2 * 60_000;

/** Longer, because reading takes no key: what a person reads in peace must not change under their eyes. */
const unattendedAfterMs = 5 * 60_000;

/** Whether a key at `at`, or the focus that comes back, ends an absence. */
export const isReturn = ({ hasFocus, activeAt }: Presence, at: number): boolean =>
  !hasFocus || at - activeAt > awayAfterMs;

/**
 * When the person last looked, as seen by whoever looks at `now`. A terminal keeps its focus when a person
 * leaves the desk: who comes back reads before the first key, and must not be told again what was read before.
 */
export const lastLook = ({ hasFocus, activeAt, lookedAt }: Presence, now: number): number =>
  !hasFocus || now - activeAt > unattendedAfterMs ? activeAt : lookedAt;
