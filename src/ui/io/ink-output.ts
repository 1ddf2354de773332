import { EventEmitter } from 'node:events';
import type { Compositor } from './compositor.ts';

/** What the page needs of a terminal to write to. */
export type TerminalOutput = NodeJS.EventEmitter & {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string, callback?: () => void): boolean;
};

/** A drag of the window's edge arrives as one change of size. */
const resizeQuietMs = 50;

/** Modes that Ink switches, such as the alternate screen; everything else it writes is an empty frame. */
const modesOnly = /^(?:\u001b\[\?[0-9;]+[hl])+$/;
const enterAlternateScreen = '\u001b[?1049h';

/**
 * The output that Ink is given: switches of modes go through. Its frames are dropped, since the page's
 * blocks go to the compositor as they are: laying their text out once more, character by character,
 * took nine tenths of the time from a key to the screen.
 */
export class InkOutput extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: TerminalOutput;
  readonly #compositor: Compositor;
  #timer: NodeJS.Timeout | null = null;

  constructor(terminal: TerminalOutput, compositor: Compositor) {
    super();
    this.#terminal = terminal;
    this.#compositor = compositor;
    this.setMaxListeners(0);
    terminal.on('resize', this.#resized);
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  write(text: string, callback?: () => void): boolean {
    if (modesOnly.test(text)) {
      const isWritten = this.#terminal.write(text, callback);
      // At the start, and whenever another program gave the terminal back.
      if (text.includes(enterAlternateScreen)) this.#compositor.hold(false);
      return isWritten;
    }
    if (callback) setImmediate(callback);
    return true;
  }

  close(): void {
    this.#terminal.off('resize', this.#resized);
    if (this.#timer) clearTimeout(this.#timer);
  }

  readonly #resized = (): void => {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#compositor.forget();
      this.emit('resize');
      // By then the panels have their new sizes; where these are the old ones, nothing else would draw.
      setImmediate(() => this.#compositor.redraw());
    }, resizeQuietMs);
  };
}
