import { EventEmitter } from 'node:events';
import xterm, { type Terminal as Emulator } from '@xterm/headless';
import { type Pty, spawn } from 'node-pty';
import { type SvgPalette, screenRows } from './screen-svg.ts';

/** Drives a real program in a real PTY and sees what a person would see. */

export type ProgramSpec = {
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cols?: number;
  readonly rows?: number;
};

export type Exit = { readonly code: number; readonly signal: number };

type Expected = string | RegExp | ((screen: string) => boolean);

const waitMsDefault = 15_000;

/** Names of keys that are not their own character, for `press`. */
export const keys = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  backTab: '\x1b[Z',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  ctrlC: '\x03',
  ctrlG: '\x07',
} as const;

export function openProgram(spec: ProgramSpec): PtyProgram {
  return new PtyProgram(spec);
}

export class PtyProgram {
  readonly pid: number;
  /** Resolves when the program has ended and its last output is on the screen. */
  readonly exited: Promise<Exit>;
  readonly #pty: Pty;
  readonly #emulator: Emulator;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #output: Uint8Array[] = [];
  #exit: Exit | null = null;

  constructor({ file, args = [], cwd, env, cols = 100, rows = 30 }: ProgramSpec) {
    this.#emulator = new xterm.Terminal({ cols, rows, allowProposedApi: true, logLevel: 'off' });
    this.#pty = spawn(file, args, {
      name: env['TERM'] ?? 'xterm-256color',
      cols,
      rows,
      cwd,
      env,
      encoding: null,
    });
    this.pid = this.#pty.pid;
    // Programs ask what the terminal can do, and some wait for the answer.
    this.#emulator.onData(reply => this.press(reply));
    this.#pty.on('error', () => {});
    this.#pty.onData(bytes => {
      this.#output.push(bytes);
      this.#emulator.write(bytes, () => this.#changes.emit('change'));
    });
    this.exited = new Promise(resolve => {
      this.#pty.onExit(({ exitCode, signal }) =>
        this.#emulator.write('', () => {
          this.#exit = { code: exitCode, signal: signal ?? 0 };
          this.#changes.emit('change');
          resolve(this.#exit);
        }),
      );
    });
  }

  press(text: string): void {
    if (this.#exit === null) this.#pty.write(text);
  }

  /** The screen, one line per row, without blanks at the end of lines. */
  text(): string {
    const { cols } = this.#emulator;
    const { active } = this.#emulator.buffer;
    return Array.from(
      { length: this.#emulator.rows },
      // The emulator keeps what stood beyond the edge of a window that became narrower; nobody sees it.
      (_, y) => active.getLine(active.baseY + y)?.translateToString(true, 0, cols) ?? '',
    )
      .map(line => line.trimEnd())
      .join('\n');
  }

  /** The screen as rows of a picture. */
  picture(palette: SvgPalette): readonly string[] {
    return screenRows(this.#emulator, palette);
  }

  /** Resolves with the screen once it shows what is expected. Fails with the screen, naming `what`. */
  async waitFor(
    expected: Expected,
    { timeoutMs = waitMsDefault, what = String(expected) } = {},
  ): Promise<string> {
    const isShown = (): boolean => matches(this.text(), expected);
    if (!isShown())
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          this.#changes.off('change', look);
        };
        const fail = (reason: string): void => {
          stop();
          reject(new Error(`${reason} while waiting for ${what}. The screen:\n${this.#framed()}`));
        };
        const look = (): void => {
          if (isShown()) {
            stop();
            resolve();
          } else if (this.#exit !== null) {
            fail(`the program ended with ${JSON.stringify(this.#exit)}`);
          }
        };
        const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
        this.#changes.on('change', look);
        look();
      });
    return this.text();
  }

  resize(cols: number, rows: number): void {
    if (this.#exit !== null) return;
    this.#pty.resize(cols, rows);
    this.#emulator.resize(cols, rows);
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#exit !== null) return;
    try {
      process.kill(this.pid, signal);
    } catch {
      // It has ended, and the word of it is on its way.
    }
  }

  /** Closes the terminal under the program: its input ends, and the first program in it is sent a SIGHUP. */
  hangUp(): void {
    (this.#pty as unknown as { destroy(): void }).destroy();
  }

  /** Everything the program wrote to the terminal: what leaked is in here. */
  rawOutput(): string {
    return Buffer.concat(this.#output).toString('utf8');
  }

  get isAltScreen(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  get modes(): Emulator['modes'] {
    return this.#emulator.modes;
  }

  get cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.#emulator.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  /** Kills the program when it still runs. For the end of a test, however it went. */
  async close(): Promise<void> {
    this.kill('SIGKILL');
    await this.exited;
    this.#emulator.dispose();
  }

  #framed(): string {
    const rule = '─'.repeat(this.#emulator.cols);
    return `${rule}\n${this.text()}\n${rule}`;
  }
}

function matches(screen: string, expected: Expected): boolean {
  if (typeof expected === 'string') return screen.includes(expected);
  return expected instanceof RegExp ? screen.search(expected) >= 0 : expected(screen);
}
