import { type Settings, settingsFolder } from '../../adapters/config/settings.ts';
import type { LoadedTheme } from '../../adapters/config/theme-file.ts';
import { remap } from '../../ui/keymap/remap.ts';
import { type PageSettings, settingsFrom } from '../../ui/settings.ts';

import { isHeardByVariable } from './is-heard.ts';
import { ownSettings } from './own-settings.ts';

export type LoadedPageSettings = {
  readonly settings: PageSettings;
  /** The person's own, as they are kept. */
  readonly kept: Settings;
  /** What of their settings could not be followed, for the person; empty when everything could. */
  readonly greeting: string;
};

/** The person's settings as the page needs them. Never rejects: what cannot be used is the default, and said. */
export async function loadPageSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedPageSettings> {
  const { settings: kept, notice } = await ownSettings(env);
  const keys = remap(kept.keys);
  const own = kept.theme === 'own' ? await ownTheme(env) : null;
  const settings = settingsFrom(env, {
    leaveKey: kept.leaveKey,
    keymap: keys.rows,
    theme: kept.theme,
    panes: kept.panes,
    ...(own && { colors: own.colors }),
    isAscii: kept.glyphs === 'ascii',
    hasMouse: kept.mouse,
    isScreenReader: kept.screenReader || isHeardByVariable(env),
  });
  const greeting = [notice, own?.notice ?? null, ...keys.problems]
    .filter(one => one !== null)
    .join(' ');
  return { settings, kept, greeting };
}

/** Read by what is loaded only for those who have one. */
async function ownTheme(env: Readonly<Record<string, string | undefined>>): Promise<LoadedTheme> {
  const { readThemeFile } = await import('../../adapters/config/theme-file.ts');
  return readThemeFile(settingsFolder(env));
}
