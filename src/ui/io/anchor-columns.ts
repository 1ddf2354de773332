import { textWidth } from '../../lib/text-width.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Characters on whose width every terminal agrees: ASCII, accented Latin, Greek, Cyrillic, frames, our own signs. */
const agreed =
  /^[ -~\u00a0-\u024f\u0370-\u052f\u2010-\u203a\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713]*$/;
const escapes = /\u001b\[[0-9;]*m/g;

/**
 * Makes a row come out in the same columns on every terminal: behind each character about whose width
 * terminals disagree (emoji, wide scripts, combining marks) the cursor is put where it must be, and what
 * a terminal leaves open there is blank. `start` is the column where the row begins, from 0.
 */
export function anchorColumns(row: string, start: number): string {
  if (!/[^ -~\u001b]/.test(row) || agreed.test(row.replace(escapes, ''))) return row;
  let anchored = '';
  let column = start;
  let at = 0;
  for (const sequence of [...row.matchAll(escapes), null]) {
    const end = sequence?.index ?? row.length;
    for (const { segment } of graphemes.segment(row.slice(at, end))) {
      const width = textWidth(segment);
      anchored += agreed.test(segment) ? segment : placed(segment, column, width);
      column += width;
    }
    if (!sequence) break;
    anchored += sequence[0];
    at = end + sequence[0].length;
  }
  return anchored;
}

/** Blanks first: a terminal that takes the character for narrower leaves them standing. */
const placed = (character: string, column: number, width: number): string =>
  `${' '.repeat(width)}\u001b[${column + 1}G${character}\u001b[${column + width + 1}G`;
