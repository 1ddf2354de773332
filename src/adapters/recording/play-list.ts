import type { ReplayMark } from '../../ports/records/replays.ts';
import type { Recording } from './read-cast.ts';

/** What happens to the screen at one moment. `begin` empties it, and it has this size then. */
export type Moment = { readonly at: number; readonly time: number } & (
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'begin' | 'resize'; readonly cols: number; readonly rows: number }
);

export type PlayList = {
  readonly moments: readonly Moment[];
  readonly marks: readonly ReplayMark[];
  readonly seconds: number;
};

/** Nobody watches a terminal in which nothing happens. */
export const waitSecondsMax = 2;

/** Parts one after the other, each with its own beginning, waits shortened. `startedAt` in milliseconds. */
export function playList(
  parts: readonly { readonly startedAt: number; readonly recording: Recording }[],
): PlayList {
  const moments: Moment[] = [];
  const marks: ReplayMark[] = [];
  let at = 0;
  let last: number | null = null;
  const moveTo = (time: number): void => {
    if (last !== null) at += Math.min(Math.max(0, time - last) / 1000, waitSecondsMax);
    last = time;
  };
  for (const { startedAt, recording } of parts) {
    moveTo(startedAt);
    const { cols, rows } = recording;
    moments.push({ kind: 'begin', at, time: startedAt, cols, rows });
    for (const event of recording.events) {
      const time = startedAt + event.at * 1000;
      moveTo(time);
      if (event.kind === 'mark') marks.push({ at, label: event.label });
      else moments.push({ ...event, at, time });
    }
  }
  return { moments, marks, seconds: at };
}

/** Index of the last moment that is not after `at`; -1 when all are. */
export function momentAt(moments: readonly Moment[], at: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
