import { cleanBlock } from '../../lib/clean-text.ts';
import { breakWord, textWidth } from '../../lib/text-width.ts';
import { type Line, line, lineWidth, type Span, span, type Tone } from './line.ts';

/** Longer texts are laid out once for a width, not on every frame: a task's body, a gate's output. */
const longCharsMin = 400;
/** More long texts than any view shows at once. */
const keptMax = 64;
const kept = new Map<string, readonly string[]>();

/** Clean text from outside as rows of at most `width` columns, broken between words; what is wider, within. */
export function wrapText(text: string, width: number): readonly string[] {
  if (width < 1) return [];
  if (text.length < longCharsMin) return wrapped(text, width);
  const key = `${width} ${text}`;
  const known = kept.get(key);
  const rows = known ?? wrapped(text, width);
  // Those asked for last are kept longest.
  kept.delete(key);
  kept.set(key, rows);
  if (kept.size > keptMax) kept.delete(kept.keys().next().value ?? '');
  return rows;
}

const wrapped = (text: string, width: number): string[] =>
  cleanBlock(text)
    .split('\n')
    .flatMap(row => wrapRow(row, width));

/**
 * Behind a space, and between the signs of Chinese and Japanese, which are written without any: but no row begins
 * with what closes a clause.
 */
const breaks =
  /(?<= )|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u30fc\u3001-\u303f\uff01-\uff60])(?![\u30fc\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f ])/u;

function wrapRow(row: string, width: number): string[] {
  if (textWidth(row) <= width) return [row];
  const rows: string[] = [];
  let current = '';
  for (const word of row.split(breaks)) {
    if (textWidth(current + word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (current.trim() !== '') rows.push(current.trimEnd());
    // It begins a row of its own, so that paths and hashes stay recognisable at their start.
    const bare = word.trimEnd();
    const pieces = textWidth(bare) > width ? breakWord(bare, width) : [bare];
    current = (pieces.pop() ?? '') + word.slice(bare.length);
    rows.push(...pieces);
  }
  if (current.trim() !== '') rows.push(current.trimEnd());
  return rows;
}

/** Shorter rows end where they end on purpose. */
const filledCharsMin = 50;
/** Lists, headings, quotes, tables, code: rows that Markdown keeps apart. */
const ownRow = /^(?:\s|[-*+>#|`]|\d+[.)]|$)/;

/** Markdown whose paragraphs are one row each, so that they fill whatever width there is. */
export function reflowed(markdown: string): string {
  let text = '';
  let isCode = false;
  let before = '';
  for (const row of markdown.split('\n')) {
    const isFence = row.startsWith('```');
    const isOn =
      before.length >= filledCharsMin && !ownRow.test(row) && !isCode && !before.startsWith('|');
    text += text === '' ? row : `${isOn ? ' ' : '\n'}${row}`;
    if (isFence) isCode = !isCode;
    before = isCode ? '' : row;
  }
  return text;
}

/** As lines of one tone, each set in by `indent` columns. */
export function textLines(text: string, width: number, tone: Tone = 'plain', indent = 0): Line[] {
  const margin = ' '.repeat(indent);
  return wrapText(text, width - indent).map(row =>
    indent === 0 ? line(row, tone) : [span(margin), span(row, tone)],
  );
}

/** Words behind their head where there is room for them, otherwise below it, whole. */
export function headed(
  head: Line,
  words: Span,
  { width, indent }: { readonly width: number; readonly indent: number },
): Line[] {
  return lineWidth(head) + textWidth(words.text) <= width
    ? [[...head, words]]
    : [head, ...textLines(words.text, width, words.tone, indent)];
}
