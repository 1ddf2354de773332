import { dirname } from 'node:path';
import type { Manifest } from '../../adapters/agent-cli/manifest/manifest.ts';
import { agentCliNames } from '../../adapters/agent-cli/registry.ts';
import { loadTeam } from '../../adapters/config/load-team.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { loadAgentManifests } from '../agent-clis/load-agent-manifests.ts';
import { UserError } from '../user-error.ts';

/** The team of a repository. Every mistake in the file is named with its place, all in one message. */
export async function loadTeamFile(
  path: string,
  manifests: ReadonlyMap<string, Manifest> = loadAgentManifests(dirname(dirname(path))),
): Promise<TeamConfig> {
  const loaded = await loadTeam(path, agentCliNames(manifests)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw new UserError(`${path} cannot be read: ${error.message}`);
      throw new UserError(
        `this repository has no team yet (${path} does not exist). “belfry init” writes one.`,
      );
    },
  );
  if (loaded.ok) return loaded.team;
  const lines = loaded.problems.map(({ line, column, path: key, message }) => {
    const where = key === '' ? '' : `${key}: `;
    return `  ${path}:${line}:${column}  ${where}${message}`;
  });
  throw new UserError(`the team file has mistakes; nothing was started.\n${lines.join('\n')}`);
}
