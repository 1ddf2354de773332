import { existsSync } from 'node:fs';
import { loadSettings } from '../../adapters/config/load-settings.ts';
import { settingsPath } from '../../adapters/config/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

export const heardVariable = 'BELFRY_SCREEN_READER';

/** Ink's own variable, which other programs obey too, has the word true; most take a 1. */
export const isHeardByVariable = (env: Env): boolean =>
  [env[heardVariable], env['INK_SCREEN_READER']].some(value => value === '1' || value === 'true');

/** Whether the person hears the page: known before anything is drawn. Loads nothing that most starts do not need. */
export const isHeard = async (env: Env): Promise<boolean> =>
  isHeardByVariable(env) ||
  (existsSync(settingsPath(env)) && (await loadSettings(env)).settings.screenReader);
