import type { IUnicodeVersionProvider } from '@xterm/headless';
import { textWidth } from '../../lib/text-width.ts';

/**
 * Gives the emulator the widths that `textWidth` measures, grapheme clusters included. Its built-in
 * table is of Unicode 6, where an emoji takes one column: agent CLIs count two, and their frames
 * would fall apart. The emulator asks once per character, with its own answer about the one before.
 */
export const unicodeWidths: IUnicodeVersionProvider = {
  version: 'belfry',
  wcwidth: widthOf,
  charProperties,
};

/** Bounds what one cell can hold, whatever a program stacks onto it. */
const marksMax = 15;

/** An answer: bit 0 joins the cell before, bits 1–2 its width, then ours: the marks in the cell and what it is. */
const joins = 1;
const widthShift = 1;
const marksShift = 3;
const isFlagHalf = 1 << 7;
const isPictograph = 1 << 8;
const endsInJoiner = 1 << 9;
const widensAsEmoji = 1 << 10;

const emojiSelector = 0xfe0f;
const zeroWidthJoiner = 0x200d;

function charProperties(code: number, before: number): number {
  if (code >= 0x20 && code < 0x7f && !isKeycap(code)) return 1 << widthShift;
  const joined = before === 0 ? null : joinTo(code, before);
  if (joined !== null) return joined;
  const { width, flags } = lookUp(code);
  // A mark with nothing before it to stand on takes a column of its own.
  return (Math.max(1, width) << widthShift) | flags;
}

/** The answer for a character that belongs into the cell before it; null when it begins a cell. */
function joinTo(code: number, before: number): number | null {
  const { width, flags } = lookUp(code);
  const beforeWidth = (before >> widthShift) & 3;
  const marks = (before >> marksShift) & marksMax;
  if (beforeWidth === 0 || marks === marksMax) return null;
  const kind = before & (isPictograph | widensAsEmoji);
  const answer = (columns: number, more: number): number =>
    joins | (columns << widthShift) | ((marks + 1) << marksShift) | kind | more;

  if (code === zeroWidthJoiner) return answer(beforeWidth, endsInJoiner);
  if (code === emojiSelector && before & widensAsEmoji) return answer(2, 0);
  if (width === 0) return answer(beforeWidth, 0);
  if (before & isPictograph && isSkinTone(code)) return answer(2, 0);
  if (before & isPictograph && before & endsInJoiner && flags & isPictograph) return answer(2, 0);
  // The second of two regional indicators completes a flag; a third begins the next.
  if (before & isFlagHalf && flags & isFlagHalf) return answer(2, 0);
  return null;
}

type Character = { readonly width: 0 | 1 | 2; readonly flags: number };

/** By code point, filled on demand: a screen uses few of them. */
const known = new Map<number, Character>();
/** All of Unicode would be 160,000 entries; no honest screen comes near this. */
const knownMax = 20_000;

function lookUp(code: number): Character {
  const found = known.get(code);
  if (found !== undefined) return found;
  const character = measure(code);
  if (known.size >= knownMax) known.clear();
  known.set(code, character);
  return character;
}

function measure(code: number): Character {
  // The vowels and finals of a Hangul syllable are drawn into the block of its first letter.
  if ((code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff))
    return { width: 0, flags: 0 };
  const text = String.fromCodePoint(code);
  const width = clampWidth(textWidth(text));
  let flags = 0;
  if (/\p{Extended_Pictographic}/v.test(text)) flags |= isPictograph;
  if (/\p{Regional_Indicator}/v.test(text)) flags |= isFlagHalf;
  if (width === 1 && textWidth(`${text}\ufe0f`) === 2) flags |= widensAsEmoji;
  return { width, flags };
}

function widthOf(code: number): 0 | 1 | 2 {
  return lookUp(code).width;
}

function clampWidth(width: number): 0 | 1 | 2 {
  return width <= 0 ? 0 : width === 1 ? 1 : 2;
}

/** `0`–`9`, `#` and `*` become emoji when the emoji selector follows. */
function isKeycap(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x23 || code === 0x2a;
}

function isSkinTone(code: number): boolean {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}
