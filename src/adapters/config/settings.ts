import { existsSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import Conf from 'conf';
import { z } from 'zod';
import { didYouMean } from '../../lib/nearest-word.ts';

/** The person's own choices, the same for every repository. */
export type Settings = {
  /** `mono` draws without colour; `dusk` and `paper` have exact colours for dark and light terminals. */
  readonly theme: 'color' | 'mono' | 'dusk' | 'paper';
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
};

export type LoadedSettings = {
  readonly settings: Settings;
  /** One sentence for the person when their file could not be used. */
  readonly notice: string | null;
};

export const defaultSettings: Settings = {
  theme: 'color',
  glyphs: 'unicode',
  mouse: true,
  leaveKey: 'ctrl+g',
  keys: {},
  notify: true,
  screenReader: false,
  reducedMotion: false,
};

const schema = z
  .strictObject({
    theme: z.enum(['color', 'mono', 'dusk', 'paper'], 'must be color, mono, dusk or paper'),
    glyphs: z.enum(['unicode', 'ascii'], 'must be unicode or ascii'),
    mouse: z.boolean('must be true or false'),
    // ctrl+c, d, i, j, m, q, s and z mean something to every terminal or program; h and [ are other keys.
    leaveKey: z
      .string()
      .regex(/^ctrl\+[abefgklnoprtuvwxy]$/, 'must be ctrl+ and a letter that no program needs'),
    keys: z.record(z.string().max(60), z.string().min(1).max(20)),
    notify: z.boolean('must be true or false'),
    screenReader: z.boolean('must be true or false'),
    reducedMotion: z.boolean('must be true or false'),
  })
  .partial();

/** `$XDG_CONFIG_HOME/belfry/settings.json` (XDG Base Directory Specification). */
export function settingsPath(env: Readonly<Record<string, string | undefined>>): string {
  return join(settingsFolder(env), 'settings.json');
}

/**
 * Never throws: settings that cannot be used are the defaults, with a sentence that says why. A file that
 * is damaged is kept under another name, so that nothing in it is lost.
 */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): LoadedSettings {
  const path = settingsPath(env);
  if (!existsSync(path)) return { settings: defaultSettings, notice: null };
  try {
    const parsed = schema.safeParse(openStore(env).store);
    if (parsed.success) return { settings: withDefaults(parsed.data), notice: null };
    const notice = `${path}: ${whatIsWrong(parsed.error)} The defaults are used.`;
    return { settings: defaultSettings, notice };
  } catch (error) {
    return { settings: defaultSettings, notice: setAside(path, error) };
  }
}

/** Changes some settings and keeps the others. Throws when the file cannot be written. */
export function saveSettings(
  env: Readonly<Record<string, string | undefined>>,
  changes: Partial<Settings>,
): void {
  openStore(env).set({ ...schema.parse(changes) });
}

const openStore = (env: Readonly<Record<string, string | undefined>>) =>
  new Conf<Record<string, unknown>>({ cwd: settingsFolder(env), configName: 'settings' });

function settingsFolder(env: Readonly<Record<string, string | undefined>>): string {
  const wanted = env['XDG_CONFIG_HOME'] ?? '';
  const base = isAbsolute(wanted) ? wanted : join(env['HOME'] || homedir(), '.config');
  return join(base, 'belfry');
}

function withDefaults(given: z.infer<typeof schema>): Settings {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultSettings, ...Object.fromEntries(set) };
}

function whatIsWrong(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `there is no setting “${key}”.${didYouMean(key, Object.keys(defaultSettings))}`;
  }
  return `${issue?.path.join('.')} ${issue?.message}.`;
}

function setAside(path: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  // What cannot even be read (a folder, a file of somebody else) stays where it is.
  const unread = `${path} cannot be read (${why}); the defaults are used.`;
  if (!(error instanceof SyntaxError)) return unread;
  const kept = `${path}.broken-${Date.now()}`;
  try {
    renameSync(path, kept);
    return `${path} was no valid JSON. It is kept as ${kept}, and the defaults are used.`;
  } catch {
    return unread;
  }
}
