import { afterEach, describe, expect, it } from 'vitest';
import type { CellRun, Terminal, Terminals } from '../../src/ports/terminals.ts';

/** A program both kinds of terminal can run: prints, then exits, or sends back what it reads in brackets. */
export type ContractProgram = { readonly prints: string; readonly exitsWith?: number };

export type OpenContractTerminal = (
  program: ContractProgram,
  size?: { readonly cols: number; readonly rows: number },
) => { readonly terminal: Terminal; readonly terminals: Terminals };

/** Resolves once `isTrue` holds; looks after each change. Fails with the screen after `timeoutMs`. */
export async function until(
  terminal: Terminal,
  isTrue: () => boolean,
  timeoutMs = 10_000,
): Promise<void> {
  if (isTrue()) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      act();
    };
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(new Error(`not within ${timeoutMs} ms:\n${terminal.screen.lines().join('\n')}`)),
        ),
      timeoutMs,
    );
    const unsubscribe = terminal.onChange(() => {
      if (isTrue()) settle(resolve);
    });
  });
}

export function shows(terminal: Terminal, text: string): boolean {
  return terminal.screen.lines().join('\n').includes(text);
}

const widthOf = (runs: readonly CellRun[]): number => runs.reduce((sum, run) => sum + run.width, 0);
const textOf = (runs: readonly CellRun[]): string => runs.map(run => run.text).join('');

/** What every implementation of the port `Terminals` has to do. */
export function describeTerminals(name: string, open: OpenContractTerminal): void {
  describe(`${name} keeps the contract of terminals`, () => {
    const opened: Terminal[] = [];
    const start: (...args: Parameters<OpenContractTerminal>) => Terminal = (program, size) => {
      const { terminal } = open(program, size);
      opened.push(terminal);
      return terminal;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map(terminal => terminal.end(0)));
    });

    it('shows what the program prints', async () => {
      const terminal = start({ prints: 'one\r\ntwo' });
      await until(terminal, () => shows(terminal, 'two'));
      expect(terminal.screen.lines().slice(0, 3)).toEqual(['one', 'two', '']);
      expect(terminal.screen.cursor).toEqual({ x: 3, y: 1, isVisible: true });
      expect(terminal.bytesReceived).toBeGreaterThanOrEqual(8);
      expect(terminal.exit).toBeNull();
    });

    it('gives runs of one style each, with their width in columns', async () => {
      const terminal = start({
        prints: 'a\x1b[1;31mred\x1b[0;48;2;1;2;3m漢\x1b[0;38;5;200;4;7mx\x1b[0m z  end',
      });
      await until(terminal, () => shows(terminal, 'end'));
      const [plain, red, wide, underlined, rest, ...none] = terminal.screen.row(0);
      expect(none).toEqual([]);
      expect(plain).toMatchObject({ text: 'a', width: 1, style: { bold: false } });
      expect(red).toMatchObject({
        text: 'red',
        width: 3,
        style: { bold: true, fg: { kind: 'indexed', index: 1 }, bg: { kind: 'default' } },
      });
      expect(wide).toMatchObject({
        text: '漢',
        width: 2,
        style: { bg: { kind: 'rgb', rgb: 0x010203 } },
      });
      expect(underlined).toMatchObject({
        text: 'x',
        style: { underline: true, inverse: true, fg: { kind: 'indexed', index: 200 } },
      });
      expect(rest).toMatchObject({ text: ' z  end', width: 7 });
    });

    it('keeps combining marks and emoji in their cells', async () => {
      const terminal = start({ prints: 'e\u0301|👩‍👩‍👧|🇨🇭|⚠\ufe0f|👍🏽|end' });
      await until(terminal, () => shows(terminal, 'end'));
      const runs = terminal.screen.row(0);
      expect(textOf(runs)).toBe('e\u0301|👩‍👩‍👧|🇨🇭|⚠\ufe0f|👍🏽|end');
      expect(widthOf(runs)).toBe(1 + 4 * 2 + 5 + 3);
    });

    it('never gives a control character', async () => {
      const terminal = start({
        prints: '\x1b]2;ti\u202etle\x07a\u202eb\u200bc\x1b]52;c;AAAA\x07 end',
      });
      await until(terminal, () => shows(terminal, 'end'));
      expect(textOf(terminal.screen.row(0))).toBe('abc end');
      expect(terminal.screen.title).toBe('title');
    });

    it('returns the same row while its cells are the same', async () => {
      const terminal = start({ prints: 'first\r\nsecond\r\n' });
      await until(terminal, () => shows(terminal, 'second'));
      const { version } = terminal.screen;
      const first = terminal.screen.row(0);
      const empty = terminal.screen.row(2);
      expect(terminal.screen.row(0)).toBe(first);
      terminal.write('k');
      await until(terminal, () => shows(terminal, '[k]'));
      expect(terminal.screen.version).toBeGreaterThan(version);
      expect(terminal.screen.row(0)).toBe(first);
      expect(terminal.screen.row(2)).not.toBe(empty);
    });

    it('gives nothing for a row that is not there', async () => {
      const terminal = start({ prints: 'x' });
      expect(terminal.screen.row(-1)).toEqual([]);
      expect(terminal.screen.row(24)).toEqual([]);
    });

    it('scrolls back', async () => {
      const lines = Array.from({ length: 40 }, (_, index) => `line ${index}.`).join('\r\n');
      const terminal = start({ prints: lines }, { cols: 40, rows: 10 });
      await until(terminal, () => shows(terminal, 'line 39.'));
      expect(terminal.screen.scrollbackRows).toBe(30);
      expect(textOf(terminal.screen.row(0))).toBe('line 30.');
      expect(textOf(terminal.screen.row(0, 5))).toBe('line 25.');
      expect(textOf(terminal.screen.row(9, 30))).toBe('line 9.');
      expect(textOf(terminal.screen.row(0, 9_999))).toBe('line 0.');
    });

    it('passes keys on as they are', async () => {
      const terminal = start({ prints: 'ready' });
      await until(terminal, () => shows(terminal, 'ready'));
      terminal.write('\x1b[A');
      await until(terminal, () => shows(terminal, '[^[[A]'));
    });

    it('pastes without escape characters, in brackets only when asked', async () => {
      const plain = start({ prints: 'ready' });
      const bracketed = start({ prints: '\x1b[?2004hready' });
      for (const terminal of [plain, bracketed]) {
        await until(terminal, () => shows(terminal, 'ready'));
        terminal.paste('a\x1b[201~\x07b\tc');
      }
      await until(plain, () => shows(plain, '[a[201~b^Ic]'));
      await until(bracketed, () => shows(bracketed, '[^[[200~a[201~b^Ic^[[201~]'));
    });

    it('tells a program of the wheel in the form that it asked for, and no other program', async () => {
      const none = start({ prints: 'ready' });
      await until(none, () => shows(none, 'ready'));
      expect(none.wheel(1, 0, 0)).toBe(false);
      const modern = start({ prints: '\x1b[?1000h\x1b[?1006hready' });
      await until(modern, () => shows(modern, 'ready'));
      expect([modern.wheel(-1, 4, 2), modern.wheel(1, 9_999, 0)]).toEqual([true, true]);
      await until(modern, () => shows(modern, '^[[<64;5;3M') && shows(modern, '^[[<65;80;1M'));
      const old = start({ prints: '\x1b[?1002hready' });
      await until(old, () => shows(old, 'ready'));
      expect(old.wheel(-1, 4, 2)).toBe(true);
      await until(old, () => shows(old, '^[[M`%#'));
      const over = start({ prints: '\x1b[?1000h\x1b[?1006h\x1b[?1000lready' });
      await until(over, () => shows(over, 'ready'));
      expect(over.wheel(1, 0, 0)).toBe(false);
    });

    it('clamps sizes, and takes any number', async () => {
      const terminal = start({ prints: 'ready' }, { cols: 0, rows: 100_000 });
      expect([terminal.screen.cols, terminal.screen.rows]).toEqual([2, 500]);
      for (const [cols, rows] of [
        [100, 30],
        [0, -1],
        [Number.NaN, 1e9],
        [33.7, 2],
      ] as const)
        terminal.resize(cols, rows);
      expect([terminal.screen.cols, terminal.screen.rows]).toEqual([33, 2]);
    });

    it('tells listeners of a change, and stops when asked', async () => {
      const terminal = start({ prints: 'ready' });
      await until(terminal, () => shows(terminal, 'ready'));
      let heard = 0;
      const unsubscribe = terminal.onChange(() => {
        heard += 1;
      });
      terminal.write('a');
      await until(terminal, () => shows(terminal, '[a]'));
      expect(heard).toBeGreaterThan(0);
      unsubscribe();
      const before = heard;
      terminal.write('b');
      await until(terminal, () => shows(terminal, '[b]'));
      expect(heard).toBe(before);
    });

    it('tells the exit after the last words, and is deaf from then on', async () => {
      const terminal = start({ prints: 'last words', exitsWith: 3 });
      await until(terminal, () => terminal.exit !== null);
      expect(terminal.exit).toEqual({ code: 3, signal: 0 });
      expect(shows(terminal, 'last words')).toBe(true);
      terminal.write('x');
      terminal.paste('x');
      terminal.resize(20, 5);
      terminal.setVisible(true);
      await terminal.hold();
      await terminal.release();
      await terminal.end();
      expect(terminal.screen.cols).toBe(80);
      expect(shows(terminal, 'last words')).toBe(true);
    });

    it('holds the program, and lets it go on with what was typed meanwhile', async () => {
      const terminal = start({ prints: 'ready' });
      await until(terminal, () => shows(terminal, 'ready'));
      await terminal.hold();
      const { bytesReceived } = terminal;
      terminal.write('waiting');
      // Two rounds of another program's answers: time enough for this one, were it not held.
      const other = start({ prints: 'ready' });
      for (const key of ['x', 'y']) {
        other.write(key);
        await until(other, () => shows(other, `[${key}]`));
      }
      expect(terminal.bytesReceived).toBe(bytesReceived);
      await terminal.release();
      await until(terminal, () => shows(terminal, 'waiting'));
    });

    it('ends the program', async () => {
      const terminal = start({ prints: 'ready' });
      await until(terminal, () => shows(terminal, 'ready'));
      await terminal.end(2_000);
      expect(terminal.exit?.signal).toBe(15);
      await terminal.end();
    });
  });
}
