import { constants } from 'node:os';
import { basename, join } from 'node:path';
import { guessGate } from '../../adapters/config/guess-gate.ts';
import { guessSetup } from '../../adapters/config/guess-setup.ts';
import { openRepository, trunkProblem } from '../../adapters/git/open-repository.ts';
import { installTerminalRestore, writeDirectly } from '../../adapters/terminal/restore-terminal.ts';
import type { PageSettings } from '../../ui/settings.ts';
import { type Choice, scriptedCli } from '../../ui/setup/setup.ts';
import { gateProblem } from '../check-start.ts';
import type { Io } from '../io.ts';
import { loadPageSettings } from '../page/page-settings.ts';
import { hasTeamFile } from '../team-file/has-team-file.ts';
import { writeTeam } from '../team-file/write-team.ts';
import { UserError } from '../user-error.ts';
import { SetupFinder } from './setup-facts.ts';

/** `ready`: there is a team. `left`: the person wants none, and nothing was changed. */
export type FirstRun =
  | { readonly kind: 'ready' | 'left' }
  | { readonly kind: 'signal'; readonly number: number };

const teamFileOf = (root: string): string => join(root, '.belfry', 'team.yaml');

/** Lets the person set up a team where a repository has none. What would refuse the start anyway is thrown first. */
export async function firstRun(folder: string, io: Io): Promise<FirstRun> {
  if (hasTeamFile(folder)) return { kind: 'ready' };
  const opened = await openRepository(folder);
  if (!opened.ok) throw new UserError(opened.message);
  const { root, branch } = opened;
  if (hasTeamFile(root)) return { kind: 'ready' };
  const problem = await trunkProblem(root, branch);
  if (problem !== null) throw new UserError(problem);
  const { settings: page } = await loadPageSettings(io.env);
  // The set-up is drawn; whoever hears the page gets the command that does the same.
  if (page.isScreenReader)
    throw new UserError(
      `this repository has no team yet. “belfry init” writes ${teamFileOf(root)}.`,
    );
  const found = { gate: await guessGate(root), setup: await guessSetup(root) };
  const place = { root, name: basename(root), ...found };
  return showSetup(page, new SetupFinder(place, io.env), choice => start(root, choice, io));
}

async function showSetup(
  settings: PageSettings,
  facts: SetupFinder,
  startWith: (choice: Choice) => Promise<string | null>,
): Promise<FirstRun> {
  const { mountSetup } = await import('../../ui/setup/mount-setup.tsx');
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<FirstRun>();
  const restore = installTerminalRestore(writeDirectly, signal =>
    end({ kind: 'signal', number: constants.signals[signal] }),
  );
  const page = mountSetup({
    ...{ facts, settings, stdin: process.stdin, stdout: process.stdout },
    start: async choice => {
      const refused = await startWith(choice).catch(String);
      if (refused === null) end({ kind: 'ready' });
      return refused;
    },
    lookAgain: () => facts.lookAgain(),
    leave: () => end({ kind: 'left' }),
  });
  page.waitUntilExit().catch(fail);
  try {
    return await ended;
  } finally {
    page.unmount();
    restore();
  }
}

/** Writes the team when its gate can run; otherwise says why not, and nothing is written. */
async function start(root: string, choice: Choice, io: Io): Promise<string | null> {
  const { gate, setup, engineers, clis, env } = choice;
  const problem = await gateProblem([{ name: gate.command, command: gate.command }], root, io);
  if (problem !== null) return problem;
  const isScripted = Object.values(clis).includes(scriptedCli);
  const isWritten = await writeTeam(root, {
    ...{ gate, setup, engineers, cli: clis.architect, managerCli: clis.manager },
    ...{ engineerCli: clis.engineer, env },
    ...(isScripted && { scenario: '.belfry/scenario.yaml' }),
  });
  return isWritten
    ? null
    : `${teamFileOf(root)} was written by somebody else meanwhile, and stays as it is. q leaves; “belfry” starts with it.`;
}
