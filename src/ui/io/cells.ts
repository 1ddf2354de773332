import { textWidth } from '../../lib/text-width.ts';
import type { CellRun, CellStyle, Color } from '../../ports/terminals.ts';

/** One column of a pane. The second column of a wide character has no text and width 0. */
export type Cell = { readonly text: string; readonly width: 0 | 1 | 2; readonly style: string };
export type CellRow = readonly Cell[];

const blank: Cell = { text: ' ', width: 1, style: '' };
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Runs of a screen as exactly `width` cells; a wide character that would cross the edge becomes a blank. */
export function cellsOf(runs: readonly CellRun[], width: number, hasColor: boolean): CellRow {
  const cells: Cell[] = [];
  for (const run of runs) {
    const style = styleCode(run.style, hasColor);
    if (run.text.length === run.width) {
      for (const character of run.text) cells.push({ text: character, width: 1, style });
    } else {
      for (const { segment } of graphemes.segment(run.text)) pushCharacter(cells, segment, style);
    }
    if (cells.length > width) break;
  }
  if (cells[width]?.width === 0) cells[width - 1] = blank;
  cells.length = Math.min(cells.length, width);
  while (cells.length < width) cells.push(blank);
  return cells;
}

function pushCharacter(cells: Cell[], text: string, style: string): void {
  const columns = textWidth(text);
  if (columns === 0) return;
  cells.push({ text, width: columns === 2 ? 2 : 1, style });
  for (let more = 1; more < columns; more += 1) cells.push({ text: '', width: 0, style });
}

/** SGR parameters without the reset; empty for plain text. */
function styleCode(style: CellStyle, hasColor: boolean): string {
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.italic) codes.push('3');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.strikethrough) codes.push('9');
  if (hasColor) {
    const fg = colorCode(style.fg, 30, 90, 38);
    const bg = colorCode(style.bg, 40, 100, 48);
    if (fg) codes.push(fg);
    if (bg) codes.push(bg);
  }
  return codes.join(';');
}

/** The short codes for the first 16, which every terminal maps to the person's own theme. */
function colorCode(color: Color, low: number, high: number, extended: number): string {
  if (color.kind === 'default') return '';
  if (color.kind === 'rgb') {
    const { rgb } = color;
    return `${extended};2;${(rgb >> 16) & 255};${(rgb >> 8) & 255};${rgb & 255}`;
  }
  if (color.index < 8) return String(low + color.index);
  if (color.index < 16) return String(high + color.index - 8);
  return `${extended};5;${color.index}`;
}
