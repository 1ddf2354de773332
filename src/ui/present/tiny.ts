import { columnsMin, type Rect, rowsMin } from '../layout/arrange.ts';
import type { Line } from './line.ts';
import type { Picture } from './picture.ts';
import { textLines } from './wrap.ts';

/** All that fits into a terminal too small for anything: whether somebody is needed, and what to do. */
export function tinyRows(picture: Picture, rect: Rect): Line[] {
  const count = picture.needs.length;
  const news =
    count === 0 ? 'Nothing needs you.' : `${count} ${count === 1 ? 'needs' : 'need'} you.`;
  return textLines(
    `${news} Belfry needs ${columnsMin}×${rowsMin} characters to show more.`,
    rect.width,
    count === 0 ? 'plain' : 'warn',
  );
}
