import { existsSync } from 'node:fs';
import { defaultSettings, type LoadedSettings, settingsFolder, settingsPath } from './settings.ts';

/**
 * Never rejects: settings that cannot be used are the defaults, with a sentence that says why. What reads
 * and checks the file is loaded only when there is one, so that the first frame need not wait for it.
 */
export async function loadSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<LoadedSettings> {
  if (!existsSync(settingsPath(env))) return { settings: defaultSettings, notice: null };
  const { readSettingsFile } = await import('./settings-file.ts');
  return readSettingsFile(settingsFolder(env));
}
