import { PassThrough } from 'node:stream';
import type { Terminal } from '../../ports/terminals.ts';
import { type MouseEvent, splitMouse } from '../mouse/mouse-input.ts';

/** What the page needs of a terminal to read from. */
export type TerminalInput = NodeJS.EventEmitter & {
  setEncoding(encoding: BufferEncoding): unknown;
  setRawMode?(isRaw: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
  ref?(): unknown;
  unref?(): unknown;
};

export type KeyboardPorts = {
  /** The byte that takes the keyboard back from an agent's terminal. */
  readonly leaveKey: string;
  /** The terminal that has the keyboard, null when the page has it. */
  typingTo(): Terminal | null;
  leave(): void;
  focusChanged(hasFocus: boolean): void;
  mouse(event: MouseEvent): void;
  /** A key went to an agent's terminal: the person is here. */
  typed(): void;
};

const focusIn = '\u001b[I';
const focusOut = '\u001b[O';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** A beginning of `pasteStart` that no key of its own begins with. */
const tornPasteStart = /\u001b\[20?0?$/;
/** A longer paste goes on in parts: the end that never comes must not swallow every key. */
const pastePartChars = 1_000_000;

/**
 * Stands between the terminal and Ink: keys either reach the agent's PTY as the bytes they are, or
 * Ink, never both. Focus reports are taken out, and a paste into an agent goes through the terminal's
 * own cleaning.
 */
export class Keyboard {
  /** Given to Ink as its input. */
  readonly inkInput: PassThrough;
  readonly #input: TerminalInput;
  readonly #ports: KeyboardPorts;
  /** Text of a paste whose end has not come yet. */
  #paste: string | null = null;
  /** Beginning of a report of the mouse, or of a paste's start, whose end has not come yet. */
  #torn = '';

  constructor(input: TerminalInput, ports: KeyboardPorts) {
    this.#input = input;
    this.#ports = ports;
    this.inkInput = asTerminal(input);
    input.setEncoding('utf8');
    input.on('data', this.#take);
    // A page that was here before has paused it, and a listener alone does not undo that.
    input.resume();
  }

  /** While held no key is read: another program has the terminal, and every key is its own. */
  hold(isHeld: boolean): void {
    this.#input.off('data', this.#take);
    if (isHeld) this.#input.pause();
    else {
      this.#input.on('data', this.#take);
      this.#input.resume();
    }
  }

  close(): void {
    this.#input.off('data', this.#take);
    this.#input.pause();
    this.inkInput.end();
  }

  readonly #take = (chunk: string | Buffer): void => {
    const { keys, events, rest } = splitMouse(this.#torn + chunk.toString());
    this.#torn = rest;
    for (const event of events) this.#ports.mouse(event);
    this.#route(this.#withoutFocus(keys));
  };

  #withoutFocus(text: string): string {
    const reports = text.match(/\u001b\[[IO]/g);
    if (!reports) return text;
    this.#ports.focusChanged(reports.at(-1) === focusIn);
    return text.replaceAll(focusIn, '').replaceAll(focusOut, '');
  }

  #route(text: string): void {
    let rest = text;
    while (rest !== '') {
      const terminal = this.#ports.typingTo();
      if (!terminal) {
        this.#paste = null;
        this.inkInput.write(rest);
        return;
      }
      this.#ports.typed();
      rest = this.#typeInto(terminal, rest);
    }
  }

  /** What is left after the first piece that means one thing. */
  #typeInto(terminal: Terminal, text: string): string {
    if (this.#paste !== null) return this.#pasteOn(terminal, this.#paste + text);
    const leave = indexOrEnd(text, this.#ports.leaveKey);
    const paste = indexOrEnd(text, pasteStart);
    const end = Math.min(leave, paste);
    const torn = end === text.length ? text.search(tornPasteStart) : -1;
    const typed = torn === -1 ? end : torn;
    if (typed > 0) terminal.write(text.slice(0, typed));
    if (end === text.length) {
      this.#torn += text.slice(typed);
      return '';
    }
    if (end === paste) {
      this.#paste = '';
      return text.slice(paste + pasteStart.length);
    }
    this.#ports.leave();
    return text.slice(leave + this.#ports.leaveKey.length);
  }

  /** Its end may come in two pieces, so it is looked for in all that came. Returns what is behind it. */
  #pasteOn(terminal: Terminal, pasted: string): string {
    const end = pasted.indexOf(pasteEnd);
    if (end !== -1) {
      terminal.paste(pasted.slice(0, end));
      this.#paste = null;
      return pasted.slice(end + pasteEnd.length);
    }
    const part = pasted.length - pasteEnd.length;
    if (part > pastePartChars) {
      terminal.paste(pasted.slice(0, part));
      this.#paste = pasted.slice(part);
    } else this.#paste = pasted;
    return '';
  }
}

const indexOrEnd = (text: string, part: string): number => {
  const index = text.indexOf(part);
  return index === -1 ? text.length : index;
};

/** A stream that looks to Ink like the terminal, and hands raw mode on to the real one. */
function asTerminal(input: TerminalInput): PassThrough {
  const stream = new PassThrough({ encoding: 'utf8' });
  return Object.assign(stream, {
    isTTY: true,
    setRawMode: (isRaw: boolean) => {
      input.setRawMode?.(isRaw);
      return stream;
    },
    ref: () => {
      input.ref?.();
      return stream;
    },
    unref: () => {
      input.unref?.();
      return stream;
    },
  });
}
