import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** Whether something is in its place: what cannot be read is told by who reads it, and is no first start. */
export const hasTeamFile = (root: string): boolean =>
  lstatSync(join(root, '.belfry', 'team.yaml'), { throwIfNoEntry: false }) !== undefined;
