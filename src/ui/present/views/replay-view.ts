import { cleanText } from '../../../lib/clean-text.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import type { ReplayOverlay } from '../../model/model.ts';
import { pastTime, stopwatch } from '../age.ts';
import { framed } from '../frame.ts';
import { emptyLine, type Line, lineWidth, type Span, span } from '../line.ts';

/** The frame of a terminal that is played back, with where that is in its last row. */
export function replayRows(overlay: ReplayOverlay, now: number, rect: Rect): Line[] {
  const room = inside(rect);
  const body = Array.from({ length: Math.max(0, room.height - 1) }, () => emptyLine);
  const frame = {
    title: [
      span(' REPLAY ', 'alarm'),
      span(` ${overlay.agent} at ${pastTime(overlay.time, now)}${seconds(overlay.time)}`, 'strong'),
      span(overlay.label === '' ? '' : ` · ${cleanText(overlay.label)}`),
    ],
    corner: [overlay.isPlaying ? span('▸ playing', 'busy') : span('paused', 'quiet')],
    style: 'focused',
  } as const;
  return framed(frame, [...body, barLine(overlay, room.width)], rect);
}

/** Where the cells go: all but the row of the bar. */
export const replayArea = (rect: Rect): Rect => {
  const room = inside(rect);
  return { ...room, height: Math.max(0, room.height - 1) };
};

const seconds = (time: number): string =>
  `:${String(new Date(time).getSeconds()).padStart(2, '0')}`;

function barLine({ at, seconds: length, marks }: ReplayOverlay, width: number): Line {
  const left = [span(` ${stopwatch(at * 1000)} `)];
  const right = [span(` ${stopwatch(length * 1000)} `, 'quiet')];
  const columns = Math.max(1, width - lineWidth(left) - lineWidth(right));
  const columnOf = (second: number): number =>
    length === 0 ? columns - 1 : Math.min(columns - 1, Math.floor((second / length) * columns));
  const marked = new Set(marks.map(columnOf));
  const here = columnOf(at);
  const bar = Array.from({ length: columns }, (_, x): Span => {
    if (x === here) return span('●', 'accent');
    if (marked.has(x)) return span('┃', 'warn');
    return x < here ? span('━', 'accent') : span('─', 'quiet');
  });
  return [...left, ...bar, ...right];
}
