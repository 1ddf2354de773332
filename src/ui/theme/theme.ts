import type { Line, Tone } from '../present/line.ts';

export type Theme = { readonly hasColor: boolean };

/**
 * SGR parameters by meaning. Only the 16 colours that the person's own terminal theme defines, and
 * never a background of ours, so that light and dark terminals both stay readable.
 */
const colored: Readonly<Record<Tone, string>> = {
  plain: '',
  quiet: '2',
  strong: '1',
  title: '1;36',
  key: '1;36',
  accent: '36',
  good: '32',
  busy: '36',
  warn: '33',
  bad: '31',
  goodStrong: '1;32',
  goodQuiet: '2;32',
  badStrong: '1;31',
  badQuiet: '2;31',
  addedWord: '7;32',
  removedWord: '7;31',
  literal: '35',
  selected: '7',
  alarm: '1;33;7',
};

/** Without colour weight alone must do; glyph and word carry the meaning anyway. */
const colorless: Readonly<Record<Tone, string>> = {
  plain: '',
  quiet: '2',
  strong: '1',
  title: '1',
  key: '1',
  accent: '1',
  good: '',
  busy: '',
  warn: '1',
  bad: '1',
  goodStrong: '1',
  goodQuiet: '2',
  badStrong: '1',
  badQuiet: '2',
  addedWord: '7',
  removedWord: '7',
  literal: '',
  selected: '7',
  alarm: '1;7',
};

/** The line as text with SGR sequences; the only place of the page that writes escape sequences into text. */
export function paintLine(spans: Line, theme: Theme): string {
  const codes = theme.hasColor ? colored : colorless;
  let painted = '';
  for (const { text, tone } of spans) {
    const code = codes[tone];
    painted += code === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
  }
  return painted;
}
