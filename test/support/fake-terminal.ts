import { EventEmitter } from 'node:events';
import { Terminal as Emulator } from '@xterm/headless';

/** A terminal that exists only in memory: what a page reads from, writes to, and what a person would see. */

const keyBytes: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  backspace: '\u007f',
};

/** What a terminal sends for a key, named as the keymap names it. */
export const bytesOf = (key: string): string => {
  const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
  if (letter) return String.fromCharCode(letter.charCodeAt(0) - 0x60);
  return keyBytes[key] ?? key;
};

export class FakeInput extends EventEmitter {
  isRaw = false;
  setEncoding(): void {}
  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }
  pause(): void {}
  resume(): void {}
  ref(): void {}
  unref(): void {}
}

export class FakeOutput extends EventEmitter {
  columns: number;
  rows: number;
  readonly writes: string[] = [];
  readonly emulator: Emulator;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.emulator = new Emulator({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  }

  write(text: string, callback?: () => void): boolean {
    this.writes.push(text);
    this.emulator.write(text, callback);
    return true;
  }
}

/** Input passes a stream, React's scheduler and the emulator before it can be seen. */
export async function settled(output: FakeOutput): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise(resolve => setImmediate(resolve));
  await new Promise<void>(resolve => output.emulator.write('', () => resolve()));
}

export function screenText(emulator: Emulator): string {
  const buffer = emulator.buffer.active;
  const rows: string[] = [];
  for (let y = 0; y < emulator.rows; y += 1) {
    rows.push(buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '');
  }
  return rows.join('\n');
}
