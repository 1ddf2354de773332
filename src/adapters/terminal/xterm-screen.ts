import { TextDecoder } from 'node:util';
import xterm, { type Terminal as Emulator, type IBufferCell } from '@xterm/headless';
import { cleanText } from '../../lib/clean-text.ts';
import type { CellRun, Screen } from '../../ports/terminals.ts';
import { areSameRuns, readRuns } from './cell-runs.ts';
import { notificationText } from './notification-text.ts';
import { guardParser, isAllowedReply, type ParserGuard } from './parser-guard.ts';
import { unicodeWidths } from './unicode-widths.ts';
import { sgrMouseMode, wheelReport } from './wheel-report.ts';

/** Lines kept above the screen, about 5 MB per agent at 80 columns. */
export const scrollbackLinesMax = 5_000;
const titleCharsMax = 200;

type Listeners = {
  /** After the cells or the title changed. */
  readonly onChange: () => void;
  /** What the emulator answers to the program's questions; only what is safe to type back. */
  readonly onReply: (reply: string) => void;
};

/** The emulator of one terminal. Bytes go in, cells come out, and nothing else. */
export class XtermScreen implements Screen {
  readonly #listeners: Listeners;
  #emulator: Emulator;
  #guard: ParserGuard;
  /** The emulator's own decoder loses a character that is cut behind a byte 0x80, as in “…”. */
  #decoder = createDecoder();
  #cell: IBufferCell;
  #version = 0;
  #title = '';
  #notification = '';
  #isCursorVisible = true;
  #hasSgrMouse = false;
  readonly #live = new RowCache();
  readonly #scrolled = new RowCache();

  constructor(cols: number, rows: number, listeners: Listeners) {
    this.#listeners = listeners;
    this.#emulator = createEmulator(cols, rows);
    this.#guard = this.#connect(this.#emulator);
    this.#cell = this.#emulator.buffer.active.getNullCell();
  }

  get cols(): number {
    return this.#emulator.cols;
  }

  get rows(): number {
    return this.#emulator.rows;
  }

  get version(): number {
    return this.#version;
  }

  get title(): string {
    return this.#title;
  }

  get notification(): string {
    return this.#notification;
  }

  get cursor(): Screen['cursor'] {
    const { cursorX, cursorY } = this.#emulator.buffer.active;
    // Behind the last column the cursor waits for the next character to wrap.
    return { x: Math.min(cursorX, this.cols - 1), y: cursorY, isVisible: this.#isCursorVisible };
  }

  get scrollbackRows(): number {
    return this.#emulator.buffer.active.baseY;
  }

  /** True while the program draws a frame that is not meant to be seen before it is whole (mode 2026). */
  get isDrawing(): boolean {
    return this.#emulator.modes.synchronizedOutputMode;
  }

  get wantsBracketedPaste(): boolean {
    return this.#emulator.modes.bracketedPasteMode;
  }

  /** What the program asked to be told of a turn of the wheel; null when it asked for nothing. */
  wheelReport(by: 1 | -1, x: number, y: number): string | null {
    // The oldest mode reports presses alone, and knows no wheel.
    const mode = this.#emulator.modes.mouseTrackingMode;
    if (mode === 'none' || mode === 'x10') return null;
    const cell = { x: Math.min(x, this.cols - 1), y: Math.min(y, this.rows - 1) };
    return wheelReport(by, cell, this.#hasSgrMouse);
  }

  row(y: number, scrolledRows = 0): readonly CellRun[] {
    const scrolled = Math.min(Math.max(0, scrolledRows), this.scrollbackRows);
    const cache = scrolled === 0 ? this.#live : this.#scrolled;
    return cache.read(y, scrolled, this.#version, () => {
      const line = this.#emulator.buffer.active.getLine(this.scrollbackRows - scrolled + y);
      return line === undefined || y < 0 || y >= this.rows
        ? []
        : readRuns(line, this.cols, this.#cell);
    });
  }

  /** Without the styles, which cost ten times as much: every agent's lines are read several times a second. */
  lines(): readonly string[] {
    const { active } = this.#emulator.buffer;
    return Array.from({ length: this.rows }, (_, y) =>
      (active.getLine(active.baseY + y)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  /** Parses at once, so bound the slice. Never throws. */
  parse(bytes: Uint8Array): void {
    this.#guard.beginSlice();
    try {
      const text = this.#decoder.decode(bytes, { stream: true });
      // After input by the person the emulator parses what follows at once instead of by a timer of
      // its own, in which an error could be caught by nobody.
      this.#emulator.input('', true);
      this.#emulator.write(text, () => this.#changed());
    } catch {
      this.#startAfresh();
    }
  }

  resize(cols: number, rows: number): void {
    if (cols === this.cols && rows === this.rows) return;
    this.#emulator.resize(cols, rows);
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    this.#listeners.onChange();
  }

  #connect(emulator: Emulator): ParserGuard {
    const guard = guardParser(emulator);
    emulator.onData(reply => {
      if (isAllowedReply(reply)) this.#listeners.onReply(reply);
    });
    emulator.onTitleChange(title => {
      this.#title = cleanText(title.slice(0, titleCharsMax));
    });
    for (const command of [9, 777] as const)
      emulator.parser.registerOscHandler(command, content => {
        this.#notification = notificationText(command, content) ?? this.#notification;
        return true;
      });
    for (const final of ['h', 'l'])
      emulator.parser.registerCsiHandler({ prefix: '?', final }, modes => {
        if (modes.includes(25)) this.#isCursorVisible = final === 'h';
        if (modes.includes(sgrMouseMode)) this.#hasSgrMouse = final === 'h';
        return false;
      });
    for (const id of [{ final: 'c' }, { intermediates: '!', final: 'p' }]) {
      const showCursor = (): boolean => {
        this.#isCursorVisible = true;
        this.#hasSgrMouse = false;
        return false;
      };
      if (id.intermediates === undefined) emulator.parser.registerEscHandler(id, showCursor);
      else emulator.parser.registerCsiHandler(id, showCursor);
    }
    return guard;
  }

  /** A defect in the emulator costs this screen its cells, and nobody else anything. */
  #startAfresh(): void {
    const broken = this.#emulator;
    this.#emulator = createEmulator(broken.cols, broken.rows);
    this.#guard = this.#connect(this.#emulator);
    this.#decoder = createDecoder();
    this.#cell = this.#emulator.buffer.active.getNullCell();
    broken.dispose();
    this.#changed();
  }
}

function createEmulator(cols: number, rows: number): Emulator {
  const emulator = new xterm.Terminal({
    cols,
    rows,
    scrollback: scrollbackLinesMax,
    // Parser handlers and Unicode versions are behind this switch.
    allowProposedApi: true,
    // The emulator logs parse errors to the console, which is the person's screen.
    logLevel: 'off',
  });
  emulator.unicode.register(unicodeWidths);
  emulator.unicode.activeVersion = unicodeWidths.version;
  return emulator;
}

function createDecoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}

/** Keeps the rows of one view, so that a row that reads the same stays the same array. */
class RowCache {
  #scrolled = -1;
  #rows = new Map<number, { readonly runs: readonly CellRun[]; readonly version: number }>();

  read(
    y: number,
    scrolled: number,
    version: number,
    readRow: () => readonly CellRun[],
  ): readonly CellRun[] {
    if (scrolled !== this.#scrolled) this.#rows.clear();
    this.#scrolled = scrolled;
    const known = this.#rows.get(y);
    if (known?.version === version) return known.runs;
    const read = readRow();
    const runs = known !== undefined && areSameRuns(known.runs, read) ? known.runs : read;
    this.#rows.set(y, { runs, version });
    return runs;
  }
}

const cellsMin = 2;
const cellsMax = 500;

/** Columns and rows that every emulator and every kernel takes, whatever a layout computed. */
export function clampSize(cols: number, rows: number): { cols: number; rows: number } {
  return { cols: clampCells(cols, 80), rows: clampCells(rows, 24) };
}

function clampCells(cells: number, fallback: number): number {
  return Number.isNaN(cells) ? fallback : Math.min(cellsMax, Math.max(cellsMin, Math.trunc(cells)));
}
