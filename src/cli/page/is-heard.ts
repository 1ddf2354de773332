import { ownSettings } from './own-settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

export const heardVariable = 'BELFRY_SCREEN_READER';

/** Ink's own variable, which other programs obey too, has the word true; most take a 1. */
export const isHeardByVariable = (env: Env): boolean =>
  [env[heardVariable], env['INK_SCREEN_READER']].some(value => value === '1' || value === 'true');

/** Whether the person hears the page: known before anything is drawn. Loads nothing that most starts do not need. */
export const isHeard = async (env: Env): Promise<boolean> =>
  isHeardByVariable(env) || (await ownSettings(env)).settings.screenReader;
