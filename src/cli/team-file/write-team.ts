import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TeamTemplate, writeTeamTemplate } from '../../adapters/config/write-team-template.ts';
import { assetsFolder } from '../assets-folder.ts';

/** A commented team.yaml and the folder for tasks. False, and nothing is changed, when there is a team file. */
export async function writeTeam(
  root: string,
  given: Omit<TeamTemplate, 'template'>,
): Promise<boolean> {
  const template = `${assetsFolder()}templates/team.yaml`;
  const path = join(root, '.belfry', 'team.yaml');
  if (!(await writeTeamTemplate(path, { template, ...given }))) return false;
  mkdirSync(join(root, '.belfry', 'tasks'), { recursive: true });
  return true;
}
