import { type Line, span } from '../line.ts';
import { textLines } from '../wrap.ts';

/** Of what stands before a text that has a name. */
export const labelColumns = 11;

/** A named text, in as many rows as it takes; none when there is no text. */
export function labelled(label: string, text: string | null, width: number): Line[] {
  if (text === null || text === '') return [];
  const rows = textLines(text, width, 'plain', labelColumns);
  return rows.map((row, index) =>
    index === 0 ? [span(label.padEnd(labelColumns), 'quiet'), ...row.slice(1)] : row,
  );
}
