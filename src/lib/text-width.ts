import stringWidth from 'string-width';

/** The widths of text in terminal columns. Every text given here is clean: see `cleanText`. */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ellipsis = '…';

/** Columns that `text` takes: 2 for wide characters and emoji, 0 for combining marks. */
export function textWidth(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text, { countAnsiEscapeCodes: true });
}

/** `text` in at most `width` columns: whole characters only, ending in `…` when something was cut. */
export function cutText(text: string, width: number): string {
  if (width <= 0) return '';
  if (isNarrow(text)) return text.length <= width ? text : text.slice(0, width - 1) + ellipsis;
  let columns = 0;
  let cutAt = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    const segmentWidth = textWidth(segment);
    if (columns + segmentWidth > width) return text.slice(0, cutAt) + ellipsis;
    columns += segmentWidth;
    if (columns < width) cutAt = index + segment.length;
  }
  return text;
}

/** `text` in exactly `width` columns: cut as by `cutText`, or filled up with spaces. */
export function fitText(text: string, width: number): string {
  const cut = cutText(text, width);
  return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
}

/** Behind these a path, an address or a name is broken rather than anywhere. */
const seams = '/\\_-.,:;&?=';

/**
 * A word as pieces of at most `width` columns that make up the whole of it, in one pass: behind a sign that parts
 * it where the second half of a row has one, otherwise where the row ends. A single character stays whole, also
 * when it is wider than the row.
 */
export function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  const characters = isNarrow(word)
    ? word
    : Array.from(graphemes.segment(word), one => one.segment);
  let piece = '';
  let columns = 0;
  let seamAt = 0;
  let seamColumns = 0;
  for (const character of characters) {
    const own = textWidth(character);
    if (piece !== '' && columns + own > width) {
      const isSeam = seamColumns * 2 > width;
      const cutAt = isSeam ? seamAt : piece.length;
      pieces.push(piece.slice(0, cutAt));
      piece = piece.slice(cutAt);
      columns = isSeam ? columns - seamColumns : 0;
      seamColumns = 0;
    }
    piece += character;
    columns += own;
    if (seams.includes(character)) {
      seamAt = piece.length;
      seamColumns = columns;
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/**
 * Every character one code unit and one column: ASCII, Latin, Greek, Cyrillic, arrows, frames and the
 * signs of the page. Measuring these one by one would take most of the time of a frame.
 */
function isNarrow(text: string): boolean {
  return !/[^ -~\u00a0-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc\u2713]/.test(
    text,
  );
}
