import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { trunkProblem } from '../adapters/git/open-repository.ts';
import { runShell } from '../adapters/system/run-shell.ts';
import type { TeamConfig } from '../ports/team-config.ts';
import type { Io } from './io.ts';
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
  const gate = await gateProblem(team.gate, opened.root, io);
  if (gate !== null)
    throw new UserError(`${gate} Install it, or change “gate” in .belfry/team.yaml.`);
  const setup = await setupProblem(team.setup, opened.root, io);
  if (setup !== null)
    throw new UserError(`${setup} Install it, or change “setup” in .belfry/team.yaml.`);
}

/** Why a gate could never run: the first of its commands that does not exist. Null when all do. */
export async function gateProblem(
  gate: readonly { readonly name: string; readonly command: string }[],
  root: string,
  io: Io,
): Promise<string | null> {
  for (const { name, command } of gate) {
    const missing = await missingCommand(command, root, io);
    if (missing !== null) return `the gate “${name}” cannot run: ${missing}`;
  }
  return null;
}

/** The same of what each fresh worktree needs first: the gate runs it, too. */
export async function setupProblem(
  { command }: TeamConfig['setup'],
  root: string,
  io: Io,
): Promise<string | null> {
  const missing = command === null ? null : await missingCommand(command, root, io);
  return missing === null ? null : `the setup “${command}” cannot run: ${missing}`;
}

async function missingCommand(command: string, root: string, io: Io): Promise<string | null> {
  const word = plainWord.exec(command)?.[0];
  if (word === undefined || (await isCommand(word, root, io))) return null;
  return `there is no command “${word}” on the PATH or in ${root}.`;
}

async function isCommand(word: string, root: string, io: Io): Promise<boolean> {
  const end = await runShell({
    ...{ command: `command -v '${word}'`, cwd: root, tag: `${root}/start`, onOutput: () => {} },
    ...{ env: { PATH: io.env['PATH'] ?? '/usr/bin:/bin' }, timeoutMs: lookMs, silenceMs: lookMs },
    signal: new AbortController().signal,
  });
  return end.kind !== 'exited' || end.code === 0;
}
