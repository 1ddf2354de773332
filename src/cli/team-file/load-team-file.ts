import { dirname } from 'node:path';
import type { Manifest } from '../../adapters/agent-cli/manifest/manifest.ts';
import { agentCliNames } from '../../adapters/agent-cli/registry.ts';
import { type LoadedTeam, loadTeam } from '../../adapters/config/load-team.ts';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { loadAgentManifests } from '../agent-clis/load-agent-manifests.ts';
import { UserError } from '../user-error.ts';

/** The team of a repository. Every mistake in the file is named with its place, all in one message. */
export async function loadTeamFile(
  path: string,
  manifests: ReadonlyMap<string, Manifest> = loadAgentManifests(dirname(dirname(path))),
): Promise<TeamConfig> {
  const loaded = readTeam(path, agentCliNames(manifests));
  if (loaded.ok) return loaded.team;
  const lines = loaded.problems.map(({ line, column, path: key, message }) => {
    const where = key === '' ? '' : `${key}: `;
    return `  ${path}:${line}:${column}  ${where}${message}`;
  });
  throw new UserError(`the team file has mistakes:\n${lines.join('\n')}`);
}

function readTeam(path: string, clis: readonly string[]): LoadedTeam {
  try {
    return loadTeam(path, clis);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new UserError(`${path} cannot be read: ${messageOf(error)}.`);
    throw new UserError(
      `this repository has no team yet (${path} does not exist). “belfry init” writes one.`,
    );
  }
}
