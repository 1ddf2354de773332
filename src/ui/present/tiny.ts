import { keyFor, keyWord } from '../keymap/keymap.ts';
import { columnsMin, type Rect, rowsMin } from '../layout/arrange.ts';
import type { Line } from './line.ts';
import type { Picture } from './picture.ts';
import { textLines } from './wrap.ts';

/** All that fits into a terminal too small for anything: whether somebody is needed, what to do, the way out. */
export function tinyRows(picture: Picture, rect: Rect, leaveKey: string): Line[] {
  const count = picture.needs.length;
  const news =
    count === 0 ? 'Nothing needs you.' : `${count} ${count === 1 ? 'needs' : 'need'} you.`;
  const text = `${news} Belfry needs ${columnsMin}×${rowsMin} characters to show more.`;
  const tone = count === 0 ? 'plain' : 'warn';
  const out = wayOut(picture, leaveKey);
  // What is open lies over all rows but the first ones.
  const both = picture.ui.overlay === null ? `${text} ${out}` : `${out} ${text}`;
  const whole = textLines(both, rect.width, tone);
  return whole.length <= rect.height ? whole : textLines(text, rect.width, tone);
}

/** What is open on the page takes the keys, also where it cannot be shown. */
function wayOut({ ui, keymap }: Picture, leaveKey: string): string {
  if (ui.overlay !== null) return 'Esc goes back.';
  if (ui.typingTo !== null) return `${leaveKey} leaves ${ui.typingTo}.`;
  return `${keyWord(keyFor(keymap, 'page.quit') ?? '')} quits.`;
}
