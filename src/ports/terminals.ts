/** One colour of a cell: the terminal's default, one of its 256, or 24-bit `0xRRGGBB`. */
export type Color =
  | { readonly kind: 'default' }
  | { readonly kind: 'indexed'; readonly index: number }
  | { readonly kind: 'rgb'; readonly rgb: number };

export type CellStyle = {
  readonly fg: Color;
  readonly bg: Color;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strikethrough: boolean;
};

/** Neighbouring cells of one style. `text` holds printable characters only, `width` is its columns. */
export type CellRun = { readonly text: string; readonly width: number; readonly style: CellStyle };

/** What the agent's program has drawn: cells only, never bytes. */
export interface Screen {
  readonly cols: number;
  readonly rows: number;
  /** Rises with every change of the cells; equal numbers mean equal cells. */
  readonly version: number;
  readonly cursor: { readonly x: number; readonly y: number; readonly isVisible: boolean };
  /** Title set by the program, control characters removed. */
  readonly title: string;
  /** What the program last asked its terminal to notify the person of (OSC 9 and 777), control characters removed. */
  readonly notification: string;
  /** Lines above the first visible row that can still be read, at most `scrollbackLinesMax`. */
  readonly scrollbackRows: number;
  /** Row `y` of the view, 0 at the top, when scrolled back by `scrolledRows` lines. Adds up to `cols` columns at most. */
  row(y: number, scrolledRows?: number): readonly CellRun[];
  /** The visible rows as plain text, right-trimmed. */
  lines(): readonly string[];
}

export type TerminalSpec = {
  /** Names the terminal in logs. */
  readonly id: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cols: number;
  readonly rows: number;
};

/** A PTY with its emulator. It survives whatever its program prints. */
export interface Terminal {
  readonly id: string;
  readonly pid: number;
  readonly screen: Screen;
  /** Bytes received since it was opened: a measure of activity. */
  readonly bytesReceived: number;
  /** Null while it runs. */
  readonly exit: { readonly code: number; readonly signal: number } | null;
  /** Types raw key bytes. Does nothing after exit. */
  write(keys: string): void;
  /** Pastes text: escape and control characters but tab and newline removed, bracketed when the program asked for it. */
  paste(text: string): void;
  /**
   * One turn of the wheel over a cell, counted from 0, for a program that asked to hear of the mouse, in the form
   * that it asked for. False, and nothing is typed, where it did not.
   */
  wheel(by: 1 | -1, x: number, y: number): boolean;
  /** Columns and rows are clamped to 2…500; does nothing after exit. */
  resize(cols: number, rows: number): void;
  /** Visible terminals are parsed at once, hidden ones within a byte budget. */
  setVisible(isVisible: boolean): void;
  /** Stops the whole process tree where it stands, tool children in sessions of their own included. */
  hold(): Promise<void>;
  release(): Promise<void>;
  /** Whether anything of its tree runs in a session of its own, as the tools of agent CLIs do. Reads the process table. */
  runsTools(): boolean;
  /** Ends the whole process tree: TERM, then KILL after `graceMs`. Resolves when nothing of it is left. */
  end(graceMs?: number): Promise<void>;
  /** After the cells, title or exit changed; at most once per 8 ms. Returns what unsubscribes. */
  onChange(listener: () => void): () => void;
}

export interface Terminals {
  /**
   * Starts a program in a new PTY.
   * Throws `TerminalOpenError` when the program or its folder does not exist or no PTY can be had.
   */
  open(spec: TerminalSpec): Terminal;
}

export class TerminalOpenError extends Error {
  override readonly name = 'TerminalOpenError';
}
