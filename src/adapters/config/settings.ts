import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The person's own choices, the same for every repository. */
export type Settings = {
  /**
   * `mono` draws without colour; `dusk` and `paper` have exact colours for dark and light terminals; `own`
   * those in `theme.json` beside the settings.
   */
  readonly theme: 'color' | 'mono' | 'dusk' | 'paper' | 'own';
  /** Terminals shown at once. */
  readonly panes: 1 | 2 | 4;
  /** `ascii` draws with ASCII characters alone. */
  readonly glyphs: 'unicode' | 'ascii';
  /** Clicks and the wheel work on the page; selecting text then needs Shift. */
  readonly mouse: boolean;
  /** Takes the keyboard back from an agent's terminal: `ctrl+` and a letter. */
  readonly leaveKey: string;
  /** Other keys for actions, by the action's name. */
  readonly keys: Readonly<Record<string, string>>;
  /** Bell and desktop notification when something needs the person. */
  readonly notify: boolean;
  /** Lines for a screen reader instead of a drawn page. */
  readonly screenReader: boolean;
  /** Nothing on the page moves by itself. */
  readonly reducedMotion: boolean;
  /** What agents' terminals show is kept, within bounds, to be played back. */
  readonly record: boolean;
};

export type LoadedSettings = {
  readonly settings: Settings;
  /** One sentence for the person when their file could not be used. */
  readonly notice: string | null;
};

export const defaultSettings: Settings = {
  theme: 'color',
  panes: 1,
  glyphs: 'unicode',
  mouse: true,
  leaveKey: 'ctrl+g',
  keys: {},
  notify: true,
  screenReader: false,
  reducedMotion: false,
  record: true,
};

/** `$XDG_CONFIG_HOME/belfry/settings.json` (XDG Base Directory Specification). */
export function settingsPath(env: Readonly<Record<string, string | undefined>>): string {
  return join(settingsFolder(env), 'settings.json');
}

/** Where the person's own files for Belfry are. */
export function settingsFolder(env: Readonly<Record<string, string | undefined>>): string {
  const wanted = env['XDG_CONFIG_HOME'] ?? '';
  const base = isAbsolute(wanted) ? wanted : join(env['HOME'] || homedir(), '.config');
  return join(base, 'belfry');
}

/** Settings are a few lines; more is another file. */
export const settingsBytesMax = 256_000;
