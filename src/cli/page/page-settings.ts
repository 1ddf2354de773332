import { loadSettings } from '../../adapters/config/load-settings.ts';
import type { Settings } from '../../adapters/config/settings.ts';
import { remap } from '../../ui/keymap/remap.ts';
import { type PageSettings, settingsFrom } from '../../ui/settings.ts';

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
  const { settings: kept, notice } = await loadSettings(env);
  const keys = remap(kept.keys);
  const settings = settingsFrom(env, {
    leaveKey: kept.leaveKey,
    keymap: keys.rows,
    theme: kept.theme,
    isAscii: kept.glyphs === 'ascii',
    hasMouse: kept.mouse,
  });
  const greeting = [...(notice === null ? [] : [notice]), ...keys.problems].join(' ');
  return { settings, kept, greeting };
}
