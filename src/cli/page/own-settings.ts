import { loadSettings } from '../../adapters/config/load-settings.ts';
import { type LoadedSettings, settingsPath } from '../../adapters/config/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

const read = new Map<string, Promise<LoadedSettings>>();

/**
 * The person's settings, read once for each run: reading sets a damaged file aside, and whoever asked a
 * second time would not hear of it.
 */
export function ownSettings(env: Env): Promise<LoadedSettings> {
  const path = settingsPath(env);
  const settings = read.get(path) ?? loadSettings(env);
  read.set(path, settings);
  return settings;
}
