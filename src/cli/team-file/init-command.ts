import { join } from 'node:path';
import { guessGate } from '../../adapters/config/guess-gate.ts';
import { guessSetup } from '../../adapters/config/guess-setup.ts';
import { engineersMax } from '../../core/limits.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { foundClis } from '../agent-clis/found-clis.ts';
import { loadAgentManifests } from '../agent-clis/load-agent-manifests.ts';
import { loginOf, plainCli } from '../agent-clis/login.ts';
import type { Io } from '../io.ts';
import { openState } from '../open-state.ts';
import { parseCommand } from '../parse-arguments.ts';
import { exitUsage, UserError } from '../user-error.ts';
import { writeTeam } from './write-team.ts';

/** `belfry init`: a commented team.yaml with a guessed gate. Overwrites nothing. */
export async function runInitCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, {
    flags: { gate: 'string', engineers: 'number', scenario: 'string' },
    positionals: [0, 0],
  });
  checkFlags(flags.gate, flags.engineers);
  const { root } = await openState(io.cwd, io);
  const path = join(root, '.belfry', 'team.yaml');
  const guessed = await guessGate(root);
  const gate = flags.gate === undefined ? guessed : { command: flags.gate, foundIn: '--gate' };
  const found = flags.scenario === undefined ? foundClis(io.env) : null;
  const setup = await guessSetup(root);
  const passes = (cli: string) =>
    loginOf(plainCli(cli, loadAgentManifests(root)).abilities, io.env).passes;
  const env = {
    ...{ architect: passes(found?.cli ?? 'scripted'), manager: passes(found?.cli ?? 'scripted') },
    engineer: passes(found?.engineerCli ?? 'scripted'),
  };
  const isWritten = await writeTeam(root, {
    ...{ gate, setup, env },
    ...(found ?? { cli: 'scripted', scenario: flags.scenario ?? '.belfry/scenario.yaml' }),
    engineers: flags.engineers ?? 3,
  });
  if (!isWritten) throw new UserError(`${path} is there already; edit it, or delete it first.`);
  io.stdout(`Wrote ${cleanText(path)}.\n`);
  io.stdout(
    gate === null
      ? 'No test command was found: fill in “gate” before the first start.\n'
      : `Gate: ${gate.command} (${gate.foundIn}).\n`,
  );
  if (setup !== null)
    io.stdout(`Setup: ${setup.command} (${setup.foundIn}), first in each new worktree.\n`);
  io.stdout(
    found === null
      ? 'Agents are scripted: they play a scenario, without a model. “belfry doctor” looks for others.\n'
      : `Architect and manager: ${found.cli}. Engineers: ${found.engineerCli}. They ask before they act; ` +
          '“permissions” in the file lets them work alone. “belfry doctor” checks logins.\n',
  );
  const names = [...new Set(Object.values(env).flat())].join(', ');
  if (names !== '')
    io.stdout(
      `No login is seen for them, so the file names ${names} under “env”: that is how they get it. Its value is written nowhere.\n`,
    );
  io.stdout('“belfry task add --title …” adds a task; “belfry” opens the page.\n');
  return 0;
}

/** What the team file would be refused for at the first start is not written into it. */
function checkFlags(gate: string | undefined, engineers: number | undefined): void {
  if (gate?.trim() === '')
    throw new UserError('--gate is empty: name a command, or leave it out.', exitUsage);
  if (engineers === undefined) return;
  if (!Number.isInteger(engineers) || engineers < 1 || engineers > engineersMax)
    throw new UserError(
      `--engineers takes a whole number from 1 to ${engineersMax}, not ${engineers}.`,
      exitUsage,
    );
}
