import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { trunkProblem } from '../adapters/git/open-repository.ts';
import { runShell } from '../adapters/system/run-shell.ts';
import type { TeamConfig } from '../ports/team-config.ts';
import type { Io } from './commands.ts';
import type { OpenedRepository } from './open-state.ts';
import { UserError } from './user-error.ts';

const lookMs = 5_000;
/** A command whose first word is no plain name (`A=1 x`, `(…)`, `"my tool"`) is left to the shell. */
const plainWord = /^[\w./+-]+(?=\s|$)/;

/** What would make every landing fail is said before anything starts. */
export async function checkStart(
  opened: OpenedRepository,
  team: TeamConfig,
  io: Io,
): Promise<void> {
  const problem = await trunkProblem(opened.root, team.trunk ?? opened.branch);
  if (problem !== null) throw new UserError(problem);
  const isScripted = Object.values(team.roles).some(role => role.cli === 'scripted');
  if (isScripted && team.scenario !== null && team.scenario !== '.belfry/scenario.yaml')
    if (!existsSync(join(opened.root, team.scenario)))
      throw new UserError(
        `the scenario ${team.scenario} of the scripted agents does not exist. Write it, or take “scenario” out of .belfry/team.yaml.`,
      );
  for (const { name, command } of team.gate) {
    const word = plainWord.exec(command)?.[0];
    if (word === undefined || (await isCommand(word, opened.root, io))) continue;
    throw new UserError(
      `the gate “${name}” cannot run: there is no command “${word}” on the PATH or in ${opened.root}. ` +
        'Install it, or change “gate” in .belfry/team.yaml.',
    );
  }
}

async function isCommand(word: string, root: string, io: Io): Promise<boolean> {
  const end = await runShell({
    ...{ command: `command -v '${word}'`, cwd: root, tag: `${root}/start`, onOutput: () => {} },
    ...{ env: { PATH: io.env['PATH'] ?? '/usr/bin:/bin' }, timeoutMs: lookMs, silenceMs: lookMs },
    signal: new AbortController().signal,
  });
  return end.kind !== 'exited' || end.code === 0;
}
