import { remember } from '../../lib/remember.ts';
import type { Line, Tone } from '../present/line.ts';
import { asciiText } from './ascii-text.ts';

/**
 * `color` and `mono` fit every terminal; `dusk` is made for dark ones, `paper` for light ones, `own` by the
 * person.
 */
export type ThemeName = 'color' | 'mono' | 'dusk' | 'paper' | 'own';
export const themeNames: readonly ThemeName[] = ['color', 'mono', 'dusk', 'paper', 'own'];

/** The few colours that a theme is made of, as 0xRRGGBB; those left out stay the terminal's own. */
export type Inks = {
  readonly [Name in 'accent' | 'good' | 'warn' | 'bad' | 'literal' | 'quiet']?: number;
};

export type Theme = {
  readonly name: ThemeName;
  readonly isAscii: boolean;
  /** Of the theme `own`. */
  readonly colors?: Inks;
};

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

/** A theme of exact colours, by the few that it needs. Grounds stay the terminal's own. */
function trueColors(inks: Inks): Readonly<Record<Tone, string>> {
  const code = (name: keyof Inks, without: string): string => {
    const rgb = inks[name];
    if (rgb === undefined) return without;
    return `38;2;${(rgb >> 16) & 255};${(rgb >> 8) & 255};${rgb & 255}`;
  };
  const [accent, good, bad] = [code('accent', '36'), code('good', '32'), code('bad', '31')];
  return {
    ...colored,
    quiet: code('quiet', '2'),
    title: `1;${accent}`,
    key: `1;${accent}`,
    accent,
    busy: accent,
    good,
    warn: code('warn', '33'),
    bad,
    goodStrong: `1;${good}`,
    goodQuiet: `2;${good}`,
    badStrong: `1;${bad}`,
    badQuiet: `2;${bad}`,
    addedWord: `7;${good}`,
    removedWord: `7;${bad}`,
    literal: code('literal', '35'),
    alarm: `1;7;${code('warn', '33')}`,
  };
}

const ownPalette = remember(trueColors);

const palettes: Readonly<Record<Exclude<ThemeName, 'own'>, Readonly<Record<Tone, string>>>> = {
  color: colored,
  mono: colorless,
  dusk: trueColors({
    accent: 0x7dcfff,
    good: 0x9ece6a,
    warn: 0xe0af68,
    bad: 0xf7768e,
    literal: 0xbb9af7,
    quiet: 0x7a84a8,
  }),
  paper: trueColors({
    accent: 0x0b6e99,
    good: 0x2f7d32,
    warn: 0x9a6200,
    bad: 0xb3261e,
    literal: 0x7b3fb0,
    quiet: 0x767b85,
  }),
};

const noInks: Inks = {};

/** The line as text with SGR sequences; the only place of the page that writes escape sequences into text. */
export function paintLine(spans: Line, theme: Theme): string {
  const codes = theme.name === 'own' ? ownPalette(theme.colors ?? noInks) : palettes[theme.name];
  let painted = '';
  for (const { text: written, tone } of spans) {
    const text = theme.isAscii ? asciiText(written) : written;
    const code = codes[tone];
    painted += code === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
  }
  return painted;
}
