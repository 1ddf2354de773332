import { join } from 'node:path';
import { loadManifests, ManifestError } from '../../adapters/agent-cli/manifest/load-manifests.ts';
import type { Manifest } from '../../adapters/agent-cli/manifest/manifest.ts';
import { assetsFolder } from '../assets-folder.ts';
import { UserError } from '../user-error.ts';

/** The agent CLIs that files describe: those that ship with Belfry, then the repository's own. */
export function loadAgentManifests(root: string | null): ReadonlyMap<string, Manifest> {
  const shipped = `${assetsFolder()}agent-clis`;
  const own = root === null ? [] : [join(root, '.belfry', 'agent-clis')];
  try {
    return loadManifests([shipped, ...own]);
  } catch (error) {
    if (error instanceof ManifestError) throw new UserError(error.message);
    throw error;
  }
}
