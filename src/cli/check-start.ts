import { join } from 'node:path';
import { trunkProblem } from '../adapters/git/open-repository.ts';
import { readBoundedFile } from '../adapters/system/read-bounded-file.ts';
import { runShell } from '../adapters/system/run-shell.ts';
import { codeOf, messageOf } from '../lib/thrown.ts';
import type { TeamConfig } from '../ports/team-config.ts';
import type { Io } from './io.ts';
import type { OpenedRepository } from './open-state.ts';
import { defaultScenario, scenarioBytesMax } from './scripted-agent/scenario/scenario-file.ts';
import { readPrompt } from './team-file/read-prompt.ts';
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
  checkFiles(opened.root, team);
  const gate = await gateProblem(team.gate, opened.root, io);
  if (gate !== null)
    throw new UserError(`${gate} Install it, or change “gate” in .belfry/team.yaml.`);
  const setup = await setupProblem(team.setup, opened.root, io);
  if (setup !== null)
    throw new UserError(`${setup} Install it, or change “setup” in .belfry/team.yaml.`);
}

/** What team.yaml names can be read: prompts, and the scenario of scripted agents. Throws `UserError`. */
export function checkFiles(root: string, team: TeamConfig): void {
  for (const role of ['architect', 'manager', 'engineer'] as const)
    readPrompt(root, role, team.roles[role]);
  checkScenario(root, team);
}

/** The scripted agents read it again, each in its own terminal. */
function checkScenario(root: string, { roles, scenario }: TeamConfig): void {
  const isScripted = Object.values(roles).some(role => role.cli === 'scripted');
  const path = join(root, scenario ?? defaultScenario);
  if (!isScripted) return;
  try {
    readBoundedFile(path, scenarioBytesMax);
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT';
    if (isMissing && (scenario === null || scenario === defaultScenario)) return;
    const why = isMissing ? 'does not exist. Write it' : `cannot be read: ${messageOf(error)}`;
    throw new UserError(
      `the scenario ${path} of the scripted agents ${why}, or take “scenario” out of .belfry/team.yaml.`,
    );
  }
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
