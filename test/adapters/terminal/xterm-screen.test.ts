import { describe, expect, it } from 'vitest';
import {
  clampSize,
  scrollbackLinesMax,
  XtermScreen,
} from '../../../src/adapters/terminal/xterm-screen.ts';
import { textWidth } from '../../../src/lib/text-width.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

type Opened = {
  screen: XtermScreen;
  replies: string[];
  changes: () => number;
  print(text: string): void;
};

function open(cols = 80, rows = 24): Opened {
  const replies: string[] = [];
  let changes = 0;
  const screen = new XtermScreen(cols, rows, {
    onChange: () => {
      changes += 1;
    },
    onReply: reply => replies.push(reply),
  });
  return {
    screen,
    replies,
    changes: () => changes,
    print: text => screen.parse(Buffer.from(text)),
  };
}

const rowText = (screen: XtermScreen, y: number): string =>
  screen
    .row(y)
    .map(run => run.text)
    .join('');

describe('XtermScreen', () => {
  it('parses before it returns, and says so', () => {
    const { screen, print, changes } = open();
    print('x');
    expect(screen.lines()[0]).toBe('x');
    expect(screen.version).toBe(1);
    expect(changes()).toBe(1);
  });

  it('shows the same cells however the bytes are cut', () => {
    const text =
      'é漢👩‍👩‍👧e\u0301🇨🇭\x1b[38;2;10;20;30mrgb\x1b[0m\x1b]0;title\x07|⚠\ufe0f|\r\n…\x1b[5;9Hend';
    const whole = open();
    whole.print(text);
    const cut = open();
    for (const byte of Buffer.from(text)) cut.screen.parse(Uint8Array.of(byte));
    expect(cut.screen.lines()).toEqual(whole.screen.lines());
    expect(cut.screen.row(0)).toEqual(whole.screen.row(0));
    expect(cut.screen.title).toBe('title');
    expect(whole.screen.lines()[0]).toBe('é漢👩‍👩‍👧e\u0301🇨🇭rgb|⚠\ufe0f|');
  });

  it.each([
    '漢字',
    '👩‍👩‍👧',
    '🇨🇭🇩🇪',
    '🇨',
    '⚠\ufe0f⚠',
    '1\ufe0f\u20e3',
    '👍🏽',
    '각한',
    'กำ',
    'हिन्दी',
    'ﷺ',
    '⌚\ufe0e',
    'ﾊﾞ',
    '👩\u200d',
    '❤\ufe0f\u200d🔥',
  ])('gives %s the columns that the rest of the program measures', text => {
    const { screen, print } = open();
    print(`${text}|`);
    expect(textWidth(rowText(screen, 0))).toBe(screen.row(0)[0]?.width);
    expect(screen.cursor.x).toBe(screen.row(0)[0]?.width);
  });

  it('measures a mark that stands alone as the column it takes', () => {
    const { screen, print } = open();
    print('\u0301a\x1b[0m\u0301b\x1b[0m\u200bc');
    expect(textWidth(rowText(screen, 0))).toBe(screen.cursor.x);
    expect(rowText(screen, 0)).toBe(' a b c');
  });

  it('bounds what one cell holds', () => {
    const { screen, print } = open();
    print(`a${'\u0301'.repeat(100_000)}`);
    expect(rowText(screen, 0).length).toBeLessThan(40_000);
    expect(Math.max(...[...screen.row(0)].map(run => run.width))).toBeLessThanOrEqual(80);
  });

  it('hides concealed text, keeps coloured blanks and drops plain ones', () => {
    const { screen, print } = open();
    print('\x1b[8msecret\x1b[0m!   \r\n\x1b[44m  \x1b[0m');
    expect(rowText(screen, 0)).toBe('      !');
    expect(screen.row(1)).toMatchObject([{ text: '  ', width: 2, style: { bg: { index: 4 } } }]);
  });

  it('follows the cursor', () => {
    const { screen, print } = open(10, 4);
    print('0123456789');
    expect(screen.cursor).toEqual({ x: 9, y: 0, isVisible: true });
    print('\x1b[?1049;25l');
    expect(screen.cursor.isVisible).toBe(false);
    print('\x1b[!p');
    expect(screen.cursor.isVisible).toBe(true);
    print('\x1b[?25l\x1bc');
    expect(screen.cursor).toEqual({ x: 0, y: 0, isVisible: true });
  });

  it('keeps a bounded scrollback', () => {
    const { screen, print } = open(20, 5);
    for (let part = 0; part < 10; part += 1) print('line\r\n'.repeat(1_000));
    expect(screen.scrollbackRows).toBe(scrollbackLinesMax);
  });

  it('answers what is asked of it in numbers, and nothing else', () => {
    const { replies, print } = open();
    print('\x1b[c\x1b[3;5H\x1b[6n\x1b[?6n\x1b[?2004$p\x1b[4$p');
    expect(replies).toEqual(['\x1b[?1;2c', '\x1b[3;5R', '\x1b[?2004;2$y', '\x1b[4;2$y']);
    replies.length = 0;
    print(
      '\x1b[>c\x1b[>q\x1b[5n\x1b[21t\x1b[18t\x1bP$qm\x1b\\\x1bP$q"p\x1b\\\x1b]10;?\x07\x1b]4;1;?\x07\x1b]52;c;?\x07\x05',
    );
    expect(replies).toEqual([]);
  });

  it.each([...'bLMSTZIPX@ABCDEFGJKHdea`'])('takes a huge count of CSI %s in its stride', final => {
    const { screen, print } = open(200, 50);
    print(`X\r\n\tX`);
    const ms = cpuMsOf(() => {
      for (const count of ['999999999', '2147483647', '99999999999999999999', '500'])
        print(`X\x1b[${count}${final}`);
    });
    expect(ms).toBeLessThan(500);
    print('\x1bcalive');
    expect(screen.lines()[0]).toBe('alive');
  });

  it.each([
    ['full resets', '\x1bc'],
    ['inserted lines', '\x1b[500L'],
    ['deleted lines', '\x1b[H\x1b[500M'],
    ['scrolled lines', '\x1b[500S'],
    ['lines scrolled down', '\x1b[499T'],
    ['repeats', 'x\x1b[500b'],
    ['erased screens', '\x1b[2J'],
    ['switched screens', '\x1b[?1049h\x1b[?1049l'],
    ['alignment patterns', '\x1b#8'],
    ['inserted columns', "\x1b[9'}"],
    ['shifted columns', '\x1b[99 @'],
    ['questions', '\x1b[c'],
  ])('draws a slice full of %s in bounded time', (_name, piece) => {
    const { screen, print } = open(200, 50);
    print(`${'x'.repeat(150)}\r\n`.repeat(200));
    const slice = piece.repeat(Math.floor(8_192 / piece.length));
    expect(cpuMsOf(() => print(slice))).toBeLessThan(500);
    print('\x1bcalive');
    expect(screen.lines()[0]).toBe('alive');
  });

  it('obeys an honest count', () => {
    const { screen, print } = open(20, 6);
    print('1\r\n2\r\n3\r\n\x1b[1;1H\x1b[2L');
    expect(screen.lines().slice(0, 4)).toEqual(['', '', '1', '2']);
    print('\x1b[2M\x1b[1Ga\x1b[3b');
    expect(screen.lines().slice(0, 2)).toEqual(['aaaa', '2']);
    print('\x1b[1S');
    expect(screen.lines()[0]).toBe('2');
  });

  it('survives a defect while it parses', () => {
    const { screen, print } = open(20, 4);
    print('lost');
    screen.parse(null as unknown as Uint8Array);
    print('found');
    expect(screen.lines()[0]).toBe('found');
    expect(screen.cols).toBe(20);
  });

  it('never throws at garbage, and never gives an unsafe character or a wrong width', () => {
    const random = randomFrom(20_260_101);
    const pieces = [
      '\x1b[',
      '\x1b]',
      '\x1bP',
      '\x1b\\',
      '\x07',
      ';',
      '?',
      '$',
      '999',
      '漢',
      '👩‍👧',
      '\u202e',
      '\r',
      '\n',
      'abc',
      '\x9b',
      '\x1b[?1049h',
      '\x1b[38;5;9m',
      '\ufe0f',
      'm',
      'H',
      'r',
      'L',
      '\t',
    ];
    const { screen } = open(40, 10);
    for (let round = 0; round < 1_500; round += 1) {
      const bytes =
        random(3) === 0
          ? Uint8Array.from({ length: 200 }, () => random(256))
          : Buffer.from(Array.from({ length: 60 }, () => pieces[random(pieces.length)]).join(''));
      screen.parse(bytes);
      if (random(20) === 0) {
        const { cols, rows } = clampSize(random(120) - 5, random(60) - 5);
        screen.resize(cols, rows);
      }
      if (round % 10 > 0) continue;
      for (let y = 0; y < screen.rows; y += 1) {
        const runs = screen.row(y, random(2) * 3);
        expect(runs.reduce((sum, run) => sum + run.width, 0)).toBeLessThanOrEqual(screen.cols);
        for (const run of runs)
          expect(run.text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/);
      }
      const { x, y } = screen.cursor;
      expect(x >= 0 && x < screen.cols && y >= 0 && y < screen.rows).toBe(true);
    }
  });
});

/** The same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
