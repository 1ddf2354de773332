import { cutText, textWidth } from '../../../lib/text-width.ts';

/** What stands below the text that has scrolled by: the agent's status, a question, the input box. */
export type Footer = {
  /** The answer that is being written: the beginning of its last line. */
  readonly partial: string;
  readonly lines: readonly string[];
  /** The line of `lines` in which the cursor blinks, and its column; null hides it. */
  readonly cursor: { readonly line: number; readonly column: number } | null;
};

type Output = { write(bytes: string | Uint8Array): boolean; readonly columns?: number };

const noFooter: Footer = { partial: '', lines: [], cursor: null };
const sgr = /\x1b\[[0-9;]*m/g;
export const widthOf = (text: string): number => textWidth(text.replaceAll(sgr, ''));

/**
 * Draws in the normal buffer: finished lines scroll away upwards into the terminal's history, and the
 * footer is taken off and drawn again below them.
 */
export class Page {
  readonly #output: Output;
  #footer = noFooter;
  /** Widths of the lines that the footer has on the screen, top to bottom, and the cursor's among them. */
  #drawn: readonly number[] = [];
  #cursorLine = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  get columns(): number {
    return Math.max(10, this.#output.columns ?? 80);
  }

  /** Adds finished lines above the footer. */
  print(lines: readonly string[]): void {
    const text = lines.map(line => `${line}\x1b[0m\r\n`).join('');
    this.#output.write(`\x1b[?2026h${this.#eraseFooter()}${text}${this.#drawFooter()}\x1b[?2026l`);
  }

  setFooter(footer: Footer): void {
    this.#footer = footer;
    this.print([]);
  }

  /** After a change of width the terminal has wrapped the footer anew. */
  redraw(): void {
    this.print([]);
  }

  /** Bytes that bypass all drawing; false asks to wait for `drain`. The next drawing puts the footer back. */
  writeRaw(bytes: Uint8Array): boolean {
    if (this.#drawn.length > 0) this.#output.write(this.#eraseFooter());
    return this.#output.write(bytes);
  }

  #eraseFooter(): string {
    if (this.#drawn.length === 0) return '\r';
    const rows = (width: number) => Math.max(1, Math.ceil(width / this.columns));
    const above = this.#drawn.slice(0, this.#cursorLine);
    const up = above.reduce((sum, width) => sum + rows(width), 0);
    this.#drawn = [];
    return `\r${up > 0 ? `\x1b[${up}A` : ''}\x1b[J`;
  }

  #drawFooter(): string {
    const { partial, lines, cursor } = this.#footer;
    const all = [...(partial === '' ? [] : [partial]), ...lines].map(line => this.#fit(line));
    if (all.length === 0) return '';
    this.#drawn = all.map(widthOf);
    const last = all.length - 1;
    this.#cursorLine = cursor === null ? last : last - (lines.length - 1) + cursor.line;
    const up = last - this.#cursorLine;
    const text = all.join('\x1b[0m\r\n');
    const move = `${up > 0 ? `\x1b[${up}A` : ''}\r${cursor && cursor.column > 0 ? `\x1b[${cursor.column}C` : ''}`;
    return `${text}\x1b[0m${move}\x1b[?25${cursor === null ? 'l' : 'h'}`;
  }

  /** One column stays free: a full line leaves the cursor between two rows. */
  #fit(line: string): string {
    const max = this.columns - 1;
    return widthOf(line) <= max ? line : cutText(line.replaceAll(sgr, ''), max);
  }
}
