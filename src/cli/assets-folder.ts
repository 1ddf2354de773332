import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from './user-error.ts';

/** From `dist/`; from its parts, and from here among the sources. */
const assetFolders = ['../assets/', '../../assets/'];

/** The folder that ships with the program. */
export function assetsFolder(): string {
  const found = assetFolders
    .map(place => fileURLToPath(new URL(place, import.meta.url)))
    .find(folder => existsSync(`${folder}demo`));
  if (found === undefined) throw new UserError('the assets are missing: install Belfry again');
  return found;
}
