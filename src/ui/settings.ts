import { type KeyRow, keymap, leaveKeyByDefault } from './keymap/keymap.ts';
import type { PaneCount } from './layout/pane-rects.ts';
import type { Looks } from './model/model.ts';
import { type Inks, type Theme, type ThemeName, themeNames } from './theme/theme.ts';

/** The person's choices for the page. */
export type PageSettings = {
  /** `ctrl+` and a letter: takes the keyboard back from an agent's terminal. */
  readonly leaveKey: string;
  /** `mono` draws without colour: glyphs, words and weight carry everything. */
  readonly theme: ThemeName;
  /** False where NO_COLOR rules. */
  readonly canChooseTheme: boolean;
  /** Terminals shown at once. */
  readonly panes: PaneCount;
  /** Of the theme `own`. */
  readonly colors?: Inks;
  /** Draws with ASCII characters alone. */
  readonly isAscii: boolean;
  /** The keys, with the person's own among them. */
  readonly keymap: readonly KeyRow[];
  /** Lines for a screen reader instead of a drawn page: no cursor is moved, nothing is coloured. */
  readonly isScreenReader: boolean;
  /** Clicks and the wheel work on the page; the terminal's own selection then needs Shift. */
  readonly hasMouse: boolean;
};

export const defaultSettings: PageSettings = {
  leaveKey: leaveKeyByDefault,
  theme: 'color',
  canChooseTheme: true,
  panes: 1,
  isAscii: false,
  isScreenReader: false,
  keymap,
  hasMouse: true,
};

/** `NO_COLOR` (https://no-color.org), set to anything but the empty text, wins over every setting. */
export const settingsFrom = (
  env: Readonly<Record<string, string | undefined>>,
  wishes: Partial<PageSettings> = {},
): PageSettings => {
  const settings = { ...defaultSettings, ...wishes };
  const isAscii = settings.isAscii || !knowsUnicode(env);
  return { ...settings, isAscii, ...(env['NO_COLOR'] && colorless) };
};

const colorless = { theme: 'mono', canChooseTheme: false } as const;

/** The page's looks at its beginning; a theme of one's own is offered to those who have one. */
export const looksOf = ({ theme, canChooseTheme, colors, panes }: PageSettings): Looks => ({
  ...{ theme, panes },
  themes: canChooseTheme ? themeNames.filter(name => name !== 'own' || colors) : [theme],
});

/** The character encoding of the locale (POSIX, "Internationalization Variables"); unset says nothing. */
function knowsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/i.test(locale);
}

/** The control byte that the terminal sends for `ctrl+g` and its like. */
export function controlByte(key: string): string {
  const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
  if (!letter) throw new Error(`leave key "${key}" is not of the form ctrl+g`);
  return String.fromCharCode(letter.charCodeAt(0) - 0x60);
}

export const themeOf = ({ theme: name, isAscii, colors }: PageSettings): Theme => ({
  ...{ name, isAscii },
  ...(colors && { colors }),
});
