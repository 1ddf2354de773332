import { cleanBlock } from '../../lib/clean-text.ts';
import { cutText, textWidth } from '../../lib/text-width.ts';
import { type Line, line, span, type Tone } from './line.ts';

/** Clean text from outside as rows of at most `width` columns, broken between words. */
export function wrapText(text: string, width: number): string[] {
  if (width < 1) return [];
  return cleanBlock(text)
    .split('\n')
    .flatMap(row => wrapRow(row, width));
}

function wrapRow(row: string, width: number): string[] {
  if (textWidth(row) <= width) return [row];
  const rows: string[] = [];
  let current = '';
  for (const word of row.split(/(?<= )/)) {
    if (textWidth(current + word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (current.trim() !== '') rows.push(current.trimEnd());
    // A word wider than the row is cut where it is: paths and hashes stay recognisable at their start.
    current = textWidth(word) > width ? `${cutText(word.trimEnd(), width)} ` : word;
  }
  if (current.trim() !== '') rows.push(current.trimEnd());
  return rows;
}

/** As lines of one tone, each set in by `indent` columns. */
export function textLines(text: string, width: number, tone: Tone = 'plain', indent = 0): Line[] {
  const margin = ' '.repeat(indent);
  return wrapText(text, width - indent).map(row =>
    indent === 0 ? line(row, tone) : [span(margin), span(row, tone)],
  );
}
