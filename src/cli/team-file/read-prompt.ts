import { resolve } from 'node:path';
import { readBoundedFile } from '../../adapters/system/read-bounded-file.ts';
import type { Role } from '../../core/agent.ts';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import type { RoleConfig } from '../../ports/team-config.ts';
import { assetsFolder } from '../assets-folder.ts';
import { UserError } from '../user-error.ts';

/** Some agent CLIs take it as one argument, of which Linux passes on at most 128 KiB (execve(2), MAX_ARG_STRLEN). */
const promptBytesMax = 100_000;

/** What a role is told before all else: the file that team.yaml names, or Belfry's own. Throws `UserError`. */
export function readPrompt(root: string, role: Role, { prompt }: RoleConfig): string {
  const path = prompt === null ? `${assetsFolder()}prompts/${role}.md` : resolve(root, prompt);
  try {
    return readBoundedFile(path, promptBytesMax);
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'it does not exist: write it' : messageOf(error);
    const where = `, or change “prompt” of the ${role} in .belfry/team.yaml`;
    throw new UserError(`${path}, the prompt of the ${role}, cannot be read: ${why}${where}.`);
  }
}
