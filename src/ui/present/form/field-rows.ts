import { textWidth } from '../../../lib/text-width.ts';
import { charactersOf, type TextField } from '../../model/text-field.ts';
import { type Line, span } from '../line.ts';

const rowsMax = 6;

/** A text that is typed, broken between words so that all of it is seen: the last rows, or those at the cursor. */
export function fieldRows({ text, cursor }: TextField, width: number, hasCursor: boolean): Line[] {
  const characters = charactersOf(text);
  const at = hasCursor ? Math.min(cursor, characters.length) : -1;
  // The cursor behind the last character needs a cell of its own.
  const rows = brokenRows(characters, Math.max(1, width - 1));
  const cursorRow = rows.findLastIndex(row => row.from <= at);
  const last = rows.length - rowsMax;
  const first = Math.max(0, hasCursor ? Math.min(last, cursorRow - rowsMax + 2) : last);
  return rows
    .slice(first, first + rowsMax)
    .map((row, index) =>
      rowLine(characters.slice(row.from, row.to), first + index === cursorRow ? at - row.from : -1),
    );
}

/** Characters `from` to `to`, without what it was broken at. */
type Row = { readonly from: number; readonly to: number };

function brokenRows(characters: readonly string[], width: number): readonly Row[] {
  const rows: Row[] = [];
  let from = 0;
  let columns = 0;
  for (const [at, character] of characters.entries()) {
    if (character === '\n') {
      rows.push({ from, to: at });
      from = at + 1;
      columns = 0;
      continue;
    }
    columns += textWidth(character);
    if (columns <= width) continue;
    const space = characters.lastIndexOf(' ', at - 1);
    const isBetweenWords = space > from;
    rows.push({ from, to: isBetweenWords ? space : at });
    from = isBetweenWords ? space + 1 : at;
    columns = textWidth(characters.slice(from, at + 1).join(''));
  }
  return [...rows, { from, to: characters.length }];
}

function rowLine(characters: readonly string[], cursorAt: number): Line {
  if (cursorAt < 0) return [span(characters.join(''))];
  return [
    span(characters.slice(0, cursorAt).join('')),
    span(characters[cursorAt] ?? ' ', 'selected'),
    span(characters.slice(cursorAt + 1).join('')),
  ];
}
