import { anchorColumns } from './anchor-columns.ts';
import type { CellRow } from './cells.ts';
import { paintPane } from './paint-pane.ts';
import { isSamePane, type Pane, paneCursor, paneRows } from './pane.ts';

/**
 * DEC private mode 2026: the terminal shows everything between these two at once. Without mode 7 what is
 * too long for a row is cut: after a window became narrower, a frame of before would wrap and scroll.
 */
const beginUpdate = '\u001b[?2026h\u001b[?7l';
const endUpdate = '\u001b[?7h\u001b[?2026l';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

/** A live terminal is painted at most this often. */
const paintGapMs = 33;

export type Output = {
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
};

/** What was shown so far, for tests and measurements. */
export type Tally = { frames: number; paints: number };

/** A pane and what of it stands on the screen; null for rows that something else may have overwritten. */
type ShownPane = {
  readonly pane: Pane;
  cells: (CellRow | null)[];
  version: number;
  readonly unsubscribe: () => void;
};

function forgetCells(shown: ShownPane): void {
  shown.cells = [];
  shown.version = -1;
}

/**
 * Owns the terminal's surface. The page arrives as whole frames of lines, the live terminal as cells;
 * both go out as one synchronized write of what differs from what is on the screen. Rows are addressed
 * absolutely, so that page and pane can never disagree about where the cursor is.
 */
export class Compositor {
  readonly tally: Tally = { frames: 0, paints: 0 };
  readonly #output: Output;
  readonly #hasColor: boolean;
  #lines: readonly string[] = [];
  /** Null: unknown, to be written again. */
  #shownLines: (string | null)[] = [];
  #panes: readonly ShownPane[] = [];
  #isCursorShown = true;
  #isBlocked = false;
  #isHeld = false;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(output: Output, hasColor: boolean) {
    this.#output = output;
    this.#hasColor = hasColor;
  }

  /** A whole page, rows separated by line feeds. */
  showFrame(frame: string): void {
    this.#lines = frame.split('\n');
    this.tally.frames += 1;
    this.#flush();
  }

  /** The terminals to paint into the page. */
  showPanes(panes: readonly Pane[]): void {
    const isSame =
      panes.length === this.#panes.length &&
      panes.every((pane, index) => isSamePane(this.#panes[index]?.pane ?? null, pane));
    if (isSame) return;
    for (const { pane, unsubscribe } of this.#panes) {
      this.#forgetRows(pane.area.y, pane.area.height);
      unsubscribe();
    }
    this.#panes = panes.map(pane => ({
      pane,
      cells: [],
      version: -1,
      unsubscribe: pane.terminal.onChange(() => this.#schedule()),
    }));
    this.#flush();
  }

  /** Something else wrote to the terminal, or it was resized: nothing on it is known any more. */
  forget(): void {
    this.#shownLines = [];
    for (const shown of this.#panes) forgetCells(shown);
    this.#isCursorShown = true;
  }

  redraw(): void {
    this.forget();
    this.#flush();
  }

  /** While held nothing is written: the terminal belongs to somebody else. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.redraw();
  }

  close(): void {
    this.#isHeld = true;
    for (const { unsubscribe } of this.#panes) unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** At once after a pause, so that an echo is not late, and never more often than the gap. */
  #schedule(): void {
    if (this.#timer) return;
    const waitMs = this.#paintedAt + paintGapMs - performance.now();
    if (waitMs <= 0) {
      this.#flush();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, waitMs);
  }

  #flush(): void {
    // A terminal that does not take what it was given gets the newest picture later, not every picture.
    if (this.#isBlocked || this.#isHeld) return;
    const painted = this.#changedLines() + this.#panes.map(one => this.#changedCells(one)).join('');
    const cursor = this.#cursor();
    if (painted === '' && cursor === '') return;
    const text = beginUpdate + painted + cursor + endUpdate;
    this.#isBlocked = !this.#output.write(text);
    if (!this.#isBlocked) return;
    this.#output.once('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
  }

  #changedLines(): string {
    let painted = '';
    for (const [y, text] of this.#lines.entries()) {
      if (this.#shownLines[y] === text) continue;
      // Cleared before, not behind: after a full row the cursor stands on its last column, and that would go.
      painted += `\u001b[${y + 1};1H\u001b[0m\u001b[2K${anchorColumns(text)}\u001b[0m`;
      this.#forgetRows(y, 1);
      this.#shownLines[y] = text;
    }
    this.#shownLines.length = this.#lines.length;
    return painted;
  }

  #forgetRows(y: number, height: number): void {
    for (let row = y; row < y + height; row += 1) {
      if (row < this.#shownLines.length) this.#shownLines[row] = null;
      for (const shown of this.#panes) {
        if (row < shown.pane.area.y) continue;
        shown.cells[row - shown.pane.area.y] = null;
        shown.version = -1;
      }
    }
  }

  #changedCells(shown: ShownPane): string {
    const { pane } = shown;
    const { version } = pane.terminal.screen;
    if (version === shown.version) return '';
    const rows = paneRows(pane, this.#hasColor);
    const painted = paintPane(shown.cells, rows, pane.area, pane.covers);
    shown.cells = rows;
    shown.version = version;
    this.#paintedAt = performance.now();
    if (painted !== '') this.tally.paints += 1;
    return painted;
  }

  /** The cursor is seen only where an agent's terminal has the keyboard. */
  #cursor(): string {
    const cursor = this.#panes.map(({ pane }) => paneCursor(pane)).find(one => one !== null);
    if (cursor) {
      this.#isCursorShown = true;
      return `\u001b[${cursor.y + 1};${cursor.x + 1}H${showCursor}`;
    }
    if (!this.#isCursorShown) return '';
    this.#isCursorShown = false;
    return hideCursor;
  }
}
