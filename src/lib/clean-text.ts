/**
 * Makes text from outside safe to draw. Works in one pass over the text, whatever it holds, so that
 * hostile output costs no more than ordinary output.
 */

/** One line: no escape sequences, control, bidi or zero-width characters; tabs and line breaks become spaces. */
export function cleanText(text: string): string {
  return clean(text, ' ', ' ');
}

/** As `cleanText`, but line breaks of every kind become `\n`, and a tab two spaces. */
export function cleanBlock(text: string): string {
  return clean(text, '\n', '  ');
}

const escapeCode = 0x1b;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function clean(text: string, lineBreak: string, tab: string): string {
  if (!/[^ -~]/.test(text)) return text;
  const source = text.toWellFormed();
  let cleaned = '';
  let keptFrom = 0;
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isOrdinary(code)) {
      at += 1;
      continue;
    }
    const next = endOfUnsafe(source, at, code);
    if (next === at) {
      at += 1;
      continue;
    }
    cleaned += source.slice(keptFrom, at);
    if (code === 0x09) cleaned += tab;
    else if (isLineBreak(code)) cleaned += lineBreak;
    at = next;
    keptFrom = next;
  }
  return cleaned + source.slice(keptFrom);
}

/** Covers ASCII and the scripts of Latin, Greek and Cyrillic, which hold no character to remove. */
function isOrdinary(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code > 0xad && code < 0x034f);
}

/** Where the text goes on after the unsafe piece at `at`; `at` itself when that character is safe. */
function endOfUnsafe(text: string, at: number, code: number): number {
  if (code === escapeCode) return endOfEscape(text, at + 1);
  if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) return at + 2;
  if (code < 0x20 || code === 0x7f) return at + 1;
  if (code >= 0x80 && code <= 0x9f) return endOfSequence(text, at + 1, code);
  // Tag characters (U+E0000–E007F) are invisible in every font and can carry hidden text.
  if (code === 0xdb40 && text.charCodeAt(at + 1) <= 0xdc7f) return at + 2;
  return isInvisible(code) || isLineBreak(code) ? at + 1 : at;
}

/** `at` is behind the ESC. ESC and a letter of `@`…`_` mean the 8-bit control 64 above (ECMA-48, 5.3). */
function endOfEscape(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x40 && code <= 0x5f) return endOfSequence(text, at + 1, code + 0x40);
  const afterIntermediates = skipRange(text, at, 0x20, 0x2f);
  const final = text.charCodeAt(afterIntermediates);
  return final >= 0x30 && final <= 0x7e ? afterIntermediates + 1 : afterIntermediates;
}

/** `at` is behind the control `c1`, which begins a CSI sequence, a string with a payload, or nothing. */
function endOfSequence(text: string, at: number, c1: number): number {
  if (c1 === 0x9b) {
    const afterParameters = skipRange(text, skipRange(text, at, 0x30, 0x3f), 0x20, 0x2f);
    const final = text.charCodeAt(afterParameters);
    return final >= 0x40 && final <= 0x7e ? afterParameters + 1 : afterParameters;
  }
  return isStringStart(c1) ? endOfString(text, at) : at;
}

/** DCS, SOS, OSC, PM and APC. */
function isStringStart(c1: number): boolean {
  return c1 === 0x90 || c1 === 0x98 || c1 >= 0x9d;
}

/**
 * A terminal hides an unterminated payload for ever. Here a line break ends it too, so that one stray
 * introducer cannot hide the rest of a log from the person.
 */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x07 || code === 0x18 || code === 0x1a || code === 0x9c) return at + 1;
    if (code === escapeCode) return text[at + 1] === '\\' ? at + 2 : at;
    if (isLineBreak(code)) return at;
  }
  return text.length;
}

function skipRange(text: string, start: number, low: number, high: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) >= low && text.charCodeAt(at) <= high) at += 1;
  return at;
}

function isLineBreak(code: number): boolean {
  return (
    code === lineFeed ||
    code === carriageReturn ||
    code === 0x85 ||
    code === 0x2028 ||
    code === 0x2029
  );
}

/** Bidi controls, joiners, marks of width zero: characters that change what is read without being seen. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    code === 0xfeff ||
    code === 0x00ad ||
    code === 0x034f ||
    code === 0x061c ||
    code === 0x180e
  );
}
