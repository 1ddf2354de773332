import { cleanBlock, cleanText } from '../../lib/clean-text.ts';

/** A text being typed. `cursor` counts characters as a person sees them, so that emoji move in one step. */
export type TextField = {
  readonly text: string;
  readonly cursor: number;
  readonly isMultiline: boolean;
};

export type Edit =
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'backspace' | 'delete' | 'left' | 'right' | 'up' | 'down' | 'home' | 'end' }
  | { readonly kind: 'clear' };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Text as the characters a person sees. */
export const charactersOf = (text: string): string[] =>
  /^[ -~]*$/.test(text)
    ? Array.from(text)
    : Array.from(graphemes.segment(text), part => part.segment);

/** More than anybody types, and little enough to lay out on every key. */
export const fieldCharsMax = 16_000;

export const fieldOf = (text: string, isMultiline = false): TextField => ({
  text,
  cursor: charactersOf(text).length,
  isMultiline,
});

export function edit(field: TextField, change: Edit): TextField {
  const characters = charactersOf(field.text);
  const at = Math.min(field.cursor, characters.length);
  const moved = (cursor: number): TextField => ({
    ...field,
    cursor: Math.min(characters.length, Math.max(0, cursor)),
  });
  switch (change.kind) {
    case 'insert':
      return inserted(field, characters, at, change.text);
    case 'backspace':
      if (at === 0) return field;
      return { ...field, text: without(characters, at - 1), cursor: at - 1 };
    case 'delete':
      return { ...field, text: without(characters, at) };
    case 'left':
      return moved(at - 1);
    case 'right':
      return moved(at + 1);
    case 'home':
      return moved(lineStart(characters, at));
    case 'end':
      return moved(lineEnd(characters, at));
    case 'up':
      return moved(rowUp(characters, at));
    case 'down':
      return moved(rowDown(characters, at));
    case 'clear':
      return { ...field, text: '', cursor: 0 };
  }
}

function inserted(field: TextField, characters: string[], at: number, text: string): TextField {
  const clean = field.isMultiline ? cleanBlock(text) : cleanText(text);
  const room = fieldCharsMax - field.text.length;
  const before = characters.slice(0, at).join('') + clean.slice(0, Math.max(0, room));
  const cursor = charactersOf(before).length;
  return { ...field, text: before + characters.slice(at).join(''), cursor };
}

const without = (characters: string[], index: number): string =>
  characters.filter((_, position) => position !== index).join('');

function lineStart(characters: string[], at: number): number {
  return characters.lastIndexOf('\n', at - 1) + (at === 0 ? 0 : 1) || 0;
}

function lineEnd(characters: string[], at: number): number {
  const end = characters.indexOf('\n', at);
  return end === -1 ? characters.length : end;
}

function rowUp(characters: string[], at: number): number {
  const start = at === 0 ? 0 : lineStart(characters, at);
  if (start === 0) return 0;
  const aboveStart = start - 1 === 0 ? 0 : lineStart(characters, start - 1);
  return Math.min(aboveStart + (at - start), start - 1);
}

function rowDown(characters: string[], at: number): number {
  const start = at === 0 ? 0 : lineStart(characters, at);
  const end = lineEnd(characters, at);
  if (end === characters.length) return end;
  return Math.min(end + 1 + (at - start), lineEnd(characters, end + 1));
}
