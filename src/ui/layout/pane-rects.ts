import type { Rect } from './arrange.ts';

export type PaneCount = 1 | 2 | 4;
export const paneCounts: readonly PaneCount[] = [1, 2, 4];

/** Narrower panes stand one above the other: agent CLIs want columns more than rows. */
const besideColumnsMin = 60;

/** The panel cut into that many panes of the same size, row by row. */
export function paneRects(rect: Rect, count: PaneCount): Rect[] {
  if (count === 1) return [rect];
  const isBeside = count === 4 || rect.width >= besideColumnsMin * 2;
  const [columns, rows] = count === 4 ? [2, 2] : isBeside ? [2, 1] : [1, 2];
  return Array.from({ length: count }, (_, index) => {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const x = Math.floor((rect.width * column) / columns);
    const y = Math.floor((rect.height * row) / rows);
    return {
      x: rect.x + x,
      y: rect.y + y,
      width: Math.floor((rect.width * (column + 1)) / columns) - x,
      height: Math.floor((rect.height * (row + 1)) / rows) - y,
    };
  });
}
