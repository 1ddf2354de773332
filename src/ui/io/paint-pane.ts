import type { Rect } from '../layout/arrange.ts';
import type { Cell, CellRow } from './cells.ts';

/** Equal cells between two changes that are cheaper to write again than to jump over. */
const jumpCost = 8;

/**
 * What must be written so that `area` shows `after`. `before` holds what is there, null for rows that
 * something else may have overwritten. Cells under `covers` are left alone. Leaves SGR reset and the
 * cursor anywhere.
 */
export function paintPane(
  before: readonly (CellRow | null)[],
  after: readonly CellRow[],
  area: Rect,
  covers: readonly Rect[],
): string {
  let painted = '';
  for (const [y, row] of after.entries()) {
    if (y >= area.height) break;
    const isCovered = coverTest(covers, area, y);
    for (const [from, to] of changedSpans(before[y] ?? null, row, isCovered)) {
      painted += `\u001b[${area.y + y + 1};${area.x + from + 1}H${cellsText(row.slice(from, to))}`;
    }
  }
  return painted;
}

function coverTest(covers: readonly Rect[], area: Rect, y: number): (x: number) => boolean {
  const row = area.y + y;
  const here = covers.filter(cover => row >= cover.y && row < cover.y + cover.height);
  if (here.length === 0) return () => false;
  return x => here.some(cover => area.x + x >= cover.x && area.x + x < cover.x + cover.width);
}

/** Pieces `[from, to)` to write: never half of a wide character, near ones joined. */
function changedSpans(
  before: CellRow | null,
  after: CellRow,
  isCovered: (x: number) => boolean,
): [number, number][] {
  const spans: [number, number][] = [];
  for (let x = 0; x < after.length; x += 1) {
    const cell = after[x] as Cell;
    if (cell.width === 0) continue;
    const end = x + cell.width;
    if (isCovered(x) || isCovered(end - 1)) continue;
    if (before && isSame(before[x], cell) && isSame(before[end - 1], after[end - 1])) continue;
    const last = spans.at(-1);
    if (last && x - last[1] <= jumpCost && !hasCover(isCovered, last[1], x)) last[1] = end;
    else spans.push([x, end]);
  }
  return spans;
}

function hasCover(isCovered: (x: number) => boolean, from: number, to: number): boolean {
  for (let x = from; x < to; x += 1) if (isCovered(x)) return true;
  return false;
}

const isSame = (one: Cell | undefined, other: Cell | undefined): boolean =>
  one?.text === other?.text && one?.style === other?.style && one?.width === other?.width;

function cellsText(cells: CellRow): string {
  let text = '';
  let style = '';
  for (const cell of cells) {
    if (cell.style !== style) {
      text += style === '' ? `\u001b[${cell.style}m` : `\u001b[0${cell.style && `;${cell.style}`}m`;
      style = cell.style;
    }
    text += cell.text;
  }
  return style === '' ? text : `${text}\u001b[0m`;
}
