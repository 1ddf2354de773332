import type { CellRun, Screen, Terminal } from '../../ports/terminals.ts';
import type { Rect } from '../layout/arrange.ts';
import { asciiText } from '../theme/ascii-text.ts';
import { type CellRow, cellsOf } from './cells.ts';

/** Where which terminal shows on the page. */
export type Pane = {
  readonly terminal: Pick<Terminal, 'screen' | 'onChange'>;
  readonly area: Rect;
  /** Overlays in front of it. */
  readonly covers: readonly Rect[];
  readonly hasKeyboard: boolean;
  /** Lines scrolled back; 0 follows the program. */
  readonly scrolledRows: number;
  /** For terminals that know no other characters; what they cannot show has a stand-in of the same width. */
  readonly isAscii?: boolean;
};

/** The cells that belong into the pane's area: the part around the cursor where the screen is higher. */
export function paneRows(pane: Pane, hasColor: boolean): CellRow[] {
  const { screen } = pane.terminal;
  const { area } = pane;
  const skipped = skippedRows(screen, area);
  const scrolledRows = Math.min(pane.scrolledRows, screen.scrollbackRows);
  return Array.from({ length: area.height }, (_, y) => {
    const row = y + skipped;
    const runs = row < screen.rows ? screen.row(row, scrolledRows) : [];
    return cellsOf(pane.isAscii ? runs.map(inAscii) : runs, area.width, hasColor);
  });
}

const inAscii = (run: CellRun): CellRun => ({ ...run, text: asciiText(run.text) });

/** Page column and row of the program's cursor, null when it is hidden, out of sight or covered. */
export function paneCursor(pane: Pane): { readonly x: number; readonly y: number } | null {
  const { screen } = pane.terminal;
  if (!pane.hasKeyboard || pane.scrolledRows > 0 || !screen.cursor.isVisible) return null;
  const y = screen.cursor.y - skippedRows(screen, pane.area);
  const { x } = screen.cursor;
  if (x < 0 || x >= pane.area.width || y < 0 || y >= pane.area.height) return null;
  if (pane.covers.length > 0) return null;
  return { x: pane.area.x + x, y: pane.area.y + y };
}

/** Rows above the area of a screen that is higher than it: few enough to keep the cursor in sight. */
function skippedRows(screen: Screen, area: Rect): number {
  const above = Math.max(0, screen.cursor.y - area.height + 1);
  return Math.min(above, Math.max(0, screen.rows - area.height));
}

/** Equal panes paint the same cells into the same place. */
export function isSamePane(one: Pane | null, other: Pane | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.terminal === other.terminal &&
    one.hasKeyboard === other.hasKeyboard &&
    one.scrolledRows === other.scrolledRows &&
    isSameRect(one.area, other.area) &&
    one.covers.length === other.covers.length &&
    one.covers.every((cover, index) => isSameRect(cover, other.covers[index] as Rect))
  );
}

export const isSameRect = (one: Rect, other: Rect): boolean =>
  one.x === other.x &&
  one.y === other.y &&
  one.width === other.width &&
  one.height === other.height;
