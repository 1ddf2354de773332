import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import * as z from 'zod';
import { didYouMean } from '../../lib/nearest-word.ts';
import { messageOf } from '../../lib/thrown.ts';
import { readBoundedFile } from '../system/read-bounded-file.ts';
import {
  defaultSettings,
  type LoadedSettings,
  type Settings,
  settingsBytesMax,
} from './settings.ts';

const schema = z
  .strictObject({
    theme: z.enum(
      ['color', 'mono', 'dusk', 'paper', 'own'],
      'must be color, mono, dusk, paper or own',
    ),
    panes: z.literal([1, 2, 4], 'must be 1, 2 or 4'),
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
    record: z.boolean('must be true or false'),
  })
  .partial();

/**
 * The settings in `settings.json` of that folder. Never throws: see `loadSettings`. A file that is damaged
 * is kept under another name, so that nothing in it is lost.
 */
export function readSettingsFile(folder: string): LoadedSettings {
  const path = join(folder, 'settings.json');
  try {
    const parsed = schema.safeParse(openStore(folder).store);
    if (parsed.success) return { settings: withDefaults(parsed.data), notice: null };
    const notice = `${path}: ${whatIsWrong(parsed.error)} The defaults are used.`;
    return { settings: defaultSettings, notice };
  } catch (error) {
    return { settings: defaultSettings, notice: setAside(path, error) };
  }
}

/** Changes some settings and keeps the others. Throws when the file cannot be written. */
export function saveSettings(folder: string, changes: Partial<Settings>): void {
  openStore(folder).set({ ...schema.parse(changes) });
}

/** The store itself would wait for a pipe, and read whatever it is given. */
function openStore(folder: string): Conf<Record<string, unknown>> {
  const path = join(folder, 'settings.json');
  if (existsSync(path)) readBoundedFile(path, settingsBytesMax);
  return new Conf<Record<string, unknown>>({ cwd: folder, configName: 'settings' });
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
  const why = messageOf(error);
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
