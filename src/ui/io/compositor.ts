import type { Rect } from '../layout/arrange.ts';
import { anchorColumns } from './anchor-columns.ts';
import type { CellRow } from './cells.ts';
import { paintPane } from './paint-pane.ts';
import { isSamePane, isSameRect, type Pane, paneCursor, paneRows } from './pane.ts';

/**
 * DEC private mode 2026: the terminal shows everything between these two at once. Without mode 7 what is
 * too long for a row is cut: after a window became narrower, a frame of before would wrap and scroll.
 */
const beginUpdate = '\u001b[?2026h\u001b[?7l';
const endUpdate = '\u001b[?7h\u001b[?2026l';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

/** A live terminal is painted at most this often: with the texts beside it, which come once or twice a second, 30 times. */
const paintGapMs = 36;

export type Output = {
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
};

/** Writes so far that changed a panel, and that changed a terminal: for tests and measurements. */
export type Tally = { frames: number; paints: number };

/** A rectangle of painted rows, each exactly as wide as it. Those in front may lie over the others. */
export type PaintedBlock = {
  readonly rect: Rect;
  readonly rows: readonly string[];
  readonly isFront: boolean;
};

/** What of a block or pane stands on the screen; null for rows that something else may have overwritten. */
type ShownBlock = PaintedBlock & { readonly shown: (string | null)[] };
type ShownPane = {
  readonly pane: Pane;
  cells: (CellRow | null)[];
  version: number;
  readonly unsubscribe: () => void;
};

/**
 * Owns the terminal's surface. Panels arrive as blocks of rows, live terminals as cells; what differs
 * from what is on the screen goes out as one synchronized write. Everything is addressed absolutely, so
 * that no two of them can disagree about where the cursor is.
 */
export class Compositor {
  readonly tally: Tally = { frames: 0, paints: 0 };
  readonly #output: Output;
  #hasColor: boolean;
  readonly #blocks = new Map<string, ShownBlock>();
  #panes: readonly ShownPane[] = [];
  #isCursorShown = true;
  #isBlocked = false;
  #isHeld = false;
  #isFlushing = false;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(output: Output, hasColor: boolean) {
    this.#output = output;
    this.#hasColor = hasColor;
  }

  /** Blocks that change in one go are drawn in one go. */
  setBlock(name: string, block: PaintedBlock): void {
    const last = this.#blocks.get(name);
    const isMoved = !last || !isSameRect(last.rect, block.rect);
    if (last && isMoved && last.isFront) this.#uncover(last.rect);
    this.#blocks.set(name, { ...block, shown: isMoved ? [] : last.shown });
    this.#flushSoon();
  }

  removeBlock(name: string): void {
    const last = this.#blocks.get(name);
    this.#blocks.delete(name);
    if (last?.isFront) this.#uncover(last.rect);
    this.#flushSoon();
  }

  /** The terminals to paint into the page. */
  showPanes(panes: readonly Pane[]): void {
    const isSame =
      panes.length === this.#panes.length &&
      panes.every((pane, index) => isSamePane(this.#panes[index]?.pane ?? null, pane));
    if (isSame) return;
    for (const { pane, unsubscribe } of this.#panes) {
      this.#uncover(pane.area);
      unsubscribe();
    }
    this.#panes = panes.map(pane => ({
      pane,
      cells: [],
      version: -1,
      unsubscribe: pane.terminal.onChange(() => this.#schedule()),
    }));
    this.#flushSoon();
  }

  /** Whether the cells of terminals have their colours. */
  setColor(hasColor: boolean): void {
    if (hasColor === this.#hasColor) return;
    this.#hasColor = hasColor;
    this.redraw();
  }

  /** Something else wrote to the terminal, or it was resized: nothing on it is known any more. */
  forget(): void {
    for (const { shown } of this.#blocks.values()) shown.length = 0;
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

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    queueMicrotask(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  /** At once after a pause, so that an echo is not late, and never more often than the gap. */
  #schedule(): void {
    if (this.#timer) return;
    // A timer takes whole milliseconds, and would be early.
    const waitMs = Math.ceil(this.#paintedAt + paintGapMs - performance.now());
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
    const behind = this.#changedRows(false);
    const panes = this.#panes.map(one => this.#changedCells(one)).join('');
    const front = this.#changedRows(true);
    const cursor = this.#cursor();
    if (behind !== '' || front !== '') this.tally.frames += 1;
    const painted = behind + panes + front + cursor;
    if (painted === '') return;
    this.#isBlocked = !this.#output.write(beginUpdate + painted + endUpdate);
    if (!this.#isBlocked) return;
    this.#output.once('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
  }

  #changedRows(isFront: boolean): string {
    let painted = '';
    for (const block of this.#blocks.values()) {
      if (block.isFront !== isFront) continue;
      const { rect, rows, shown } = block;
      for (const [y, text] of rows.entries()) {
        if (shown[y] === text) continue;
        painted += `\u001b[${rect.y + y + 1};${rect.x + 1}H${anchorColumns(text, rect.x)}\u001b[0m`;
        shown[y] = text;
        if (!isFront) this.#overwritten({ ...rect, y: rect.y + y, height: 1 });
      }
    }
    return painted;
  }

  /** A row of a block behind was written: what lies over it must be drawn again. */
  #overwritten(row: Rect): void {
    for (const block of this.#blocks.values()) if (block.isFront) forgetRows(block, row);
    for (const shown of this.#panes) {
      const { area } = shown.pane;
      if (!isMeeting(area, row)) continue;
      shown.cells[row.y - area.y] = null;
      shown.version = -1;
    }
  }

  /** What lay there is gone: the blocks behind it come to sight again. */
  #uncover(rect: Rect): void {
    for (const block of this.#blocks.values()) if (!block.isFront) forgetRows(block, rect);
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

function forgetCells(shown: ShownPane): void {
  shown.cells = [];
  shown.version = -1;
}

function forgetRows({ rect, shown }: ShownBlock, lost: Rect): void {
  if (!isMeeting(rect, lost)) return;
  const first = Math.max(0, lost.y - rect.y);
  const end = Math.min(shown.length, lost.y + lost.height - rect.y);
  for (let y = first; y < end; y += 1) shown[y] = null;
}

const isMeeting = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
