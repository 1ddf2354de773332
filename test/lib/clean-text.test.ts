import { describe, expect, it } from 'vitest';
import { cleanBlock, cleanText } from '../../src/lib/clean-text.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

const hostile: readonly (readonly [string, string, string])[] = [
  ['a colour', '\x1b[1;31mred\x1b[0m', 'red'],
  ['a colour with colons', '\x1b[38:2::1:2:3mred', 'red'],
  ['a private mode', 'a\x1b[?1049hb', 'ab'],
  ['CSI with intermediates', 'a\x1b[2 qb', 'ab'],
  ['CSI cut short by another', 'a\x1b[12\x1b[0mb', 'ab'],
  ['CSI broken by a letter outside ASCII', 'a\x1b[1éb', 'aéb'],
  ['an 8-bit CSI', 'a\x9b31mb', 'ab'],
  ['a clipboard write ended by BEL', 'a\x1b]52;c;cm0gLXJm\x07b', 'ab'],
  ['a clipboard write ended by ST', 'a\x1b]52;c;cm0gLXJm\x1b\\b', 'ab'],
  ['an 8-bit OSC ended by an 8-bit ST', 'a\x9d0;title\x9cb', 'ab'],
  ['a link', '\x1b]8;;http://x.example\x1b\\text\x1b]8;;\x1b\\', 'text'],
  ['DCS', 'a\x1bP+q544e\x1b\\b', 'ab'],
  ['APC', 'a\x1b_Gpayload\x1b\\b', 'ab'],
  ['PM', 'a\x1b^payload\x1b\\b', 'ab'],
  ['SOS', 'a\x1bXpayload\x1b\\b', 'ab'],
  ['a string that another escape cuts short', 'a\x1b]0;t\x1b[31mb', 'ab'],
  ['a string without an end', 'a\x1b]0;title', 'a'],
  ['a charset', 'a\x1b(0b', 'ab'],
  ['a full reset', 'a\x1bcb', 'ab'],
  ['a saved cursor', 'a\x1b7b\x1b8c', 'abc'],
  ['a lone escape at the end', 'a\x1b', 'a'],
  ['an unfinished CSI at the end', 'a\x1b[1;', 'a'],
  ['an escape before a control', 'a\x1b\x07b', 'ab'],
  ['bell, backspace, NUL and DEL', 'a\x07\x08\x00\x7fb', 'ab'],
  ['C1 controls', 'a\x80\x84\x8d\x9c\x98b', 'a'],
  ['C1 controls without a payload', 'a\x80\x84\x8d\x9cb', 'ab'],
  ['bidi overrides and isolates', 'a\u202e\u2066b\u2069\u202c\u061cc', 'abc'],
  ['zero-width characters', 'p\u200ba\u200cs\u200ds\u200e\u2060\ufeff\u00ad', 'pass'],
  ['tag characters', 'hi\u{e0041}\u{e0020}\u{e007f}!', 'hi!'],
  ['a lone surrogate', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['a lone tag half', 'a\udb40', 'a\ufffd'],
];

describe('cleanText', () => {
  it.each(hostile)('removes %s', (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected);
    expect(cleanBlock(text)).toBe(expected);
  });

  it('keeps letters, accents, wide characters and emoji', () => {
    const text = 'Käse e\u0301 漢字 – “quoted” 👩🏽 ⚠\ufe0f Ωж';
    expect(cleanText(text)).toBe(text);
    expect(cleanBlock(text)).toBe(text);
  });

  it('makes one line of many', () => {
    expect(cleanText('a\tb\nc\r\nd\re\u2028f\u0085g')).toBe('a b c d e f g');
  });

  it('keeps the lines of a block', () => {
    expect(cleanBlock('a\tb\nc\r\nd\re\u2028f\u0085g')).toBe('a  b\nc\nd\ne\nf\ng');
  });

  it('hides no line behind a string that never ends', () => {
    expect(cleanBlock('ok\x1b]0;evil\nFAILED 3 tests')).toBe('ok\nFAILED 3 tests');
  });

  it('leaves nothing unsafe in random bytes, and cleans its own output to itself', () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const pieces = [
      '\x1b',
      '[',
      ']',
      'P',
      '\\',
      '\x9b',
      '\x07',
      ';',
      '1',
      'm',
      '\n',
      'é',
      '漢',
      '\ud800',
    ];
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: 24 }, () =>
        next(3) === 0 ? String.fromCharCode(next(0x3000)) : pieces[next(pieces.length)],
      ).join('');
      const cleaned = cleanText(text);
      expect(cleaned).not.toMatch(
        /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
      );
      expect(cleaned.isWellFormed()).toBe(true);
      expect(cleanText(cleaned)).toBe(cleaned);
    }
  });

  it.each([
    ['escapes', '\x1b'],
    ['CSI introducers', '\x1b['],
    ['CSI parameters', '\x1b[1;'],
    ['unfinished strings', '\x1b]'],
    ['8-bit strings', '\x9d'],
    ['intermediates', '\x1b  '],
    ['zero-width', 'a\u200b'],
    ['lone surrogates', '\ud800'],
  ])('takes time in proportion to the text for a megabyte of %s', (_name, piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(cpuMsOf(() => cleanText(text))).toBeLessThan(2_000);
  });
});
