import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { cleanText } from '../../lib/clean-text.ts';
import { textWidth } from '../../lib/text-width.ts';
import type { CellRun, CellStyle, Color } from '../../ports/terminals.ts';

/**
 * The cells of one line as runs of one style, blanks at the end left out. `cell` is only a place to
 * work in, so that thousands of cells cost no objects.
 */
export function readRuns(line: IBufferLine, cols: number, cell: IBufferCell): readonly CellRun[] {
  const runs: CellRun[] = [];
  let text = '';
  let width = 0;
  let style = plainStyle;
  let key = plainKey;
  for (let x = 0; x < cols; ) {
    if (line.getCell(x, cell) === undefined) break;
    const cellKey = styleKey(cell);
    if (cellKey !== key) {
      if (width > 0) runs.push({ text, width, style });
      [text, width, style, key] = ['', 0, styleOf(cell, cellKey), cellKey];
    }
    // Only a wide character is followed by a cell of width 0; any other such cell is shown as a blank.
    const columns = Math.min(Math.max(1, cell.getWidth()), cols - x);
    text += cell.isInvisible() ? ' '.repeat(columns) : cellText(cell.getChars(), columns);
    width += columns;
    x += columns;
  }
  const last = key === plainKey ? text.trimEnd() : text;
  if (last !== '') runs.push({ text: last, width: width - (text.length - last.length), style });
  return runs;
}

export function areSameRuns(a: readonly CellRun[], b: readonly CellRun[]): boolean {
  return (
    a.length === b.length &&
    a.every((run, index) => {
      const other = b[index];
      return other !== undefined && run.text === other.text && run.style === other.style;
    })
  );
}

const plainStyle: CellStyle = {
  fg: { kind: 'default' },
  bg: { kind: 'default' },
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strikethrough: false,
};
const plainKey = '0:-1:0:-1:0';

/** Styles are shared: equal ones are the same object. */
const styles = new Map([[plainKey, plainStyle]]);
/** A program that paints in all 16 million colours must not fill the memory. */
const stylesMax = 10_000;

function styleKey(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return plainKey;
  const flags =
    (cell.isBold() ? 1 : 0) |
    (cell.isDim() ? 2 : 0) |
    (cell.isItalic() ? 4 : 0) |
    (cell.isUnderline() ? 8 : 0) |
    (cell.isInverse() ? 16 : 0) |
    (cell.isStrikethrough() ? 32 : 0);
  return `${cell.getFgColorMode()}:${cell.getFgColor()}:${cell.getBgColorMode()}:${cell.getBgColor()}:${flags}`;
}

function styleOf(cell: IBufferCell, key: string): CellStyle {
  const known = styles.get(key);
  if (known !== undefined) return known;
  const style: CellStyle = {
    fg: colorOf(cell.isFgPalette(), cell.isFgRGB(), cell.getFgColor()),
    bg: colorOf(cell.isBgPalette(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    strikethrough: cell.isStrikethrough() !== 0,
  };
  if (styles.size >= stylesMax) {
    styles.clear();
    styles.set(plainKey, plainStyle);
  }
  styles.set(key, style);
  return style;
}

function colorOf(isIndexed: boolean, isRgb: boolean, value: number): Color {
  if (isIndexed) return { kind: 'indexed', index: value };
  return isRgb ? { kind: 'rgb', rgb: value } : { kind: 'default' };
}

/** By width and characters. */
const cellTexts = new Map<string, string>();
const cellTextsMax = 20_000;

/** Text that takes exactly `columns` where it is drawn, whatever the program put into the cell. */
function cellText(chars: string, columns: number): string {
  if (chars === '') return ' '.repeat(columns);
  if (columns === 1 && chars.length === 1 && chars >= ' ' && chars <= '~') return chars;
  const key = columns + chars;
  const known = cellTexts.get(key);
  if (known !== undefined) return known;
  const text = inColumns(safeCluster(chars), columns);
  if (cellTexts.size >= cellTextsMax) cellTexts.clear();
  cellTexts.set(key, text);
  return text;
}

/** As `cleanText`, but the joiner stays between the parts of one emoji. */
function safeCluster(chars: string): string {
  return chars
    .split('\u200d')
    .map(cleanText)
    .filter(part => part !== '')
    .join('\u200d');
}

function inColumns(text: string, columns: number): string {
  const width = textWidth(text);
  // A mark alone would be drawn onto the cell before.
  if (width === 0) return ' '.repeat(columns);
  return width <= columns ? text + ' '.repeat(columns - width) : inColumns('\ufffd', columns);
}
