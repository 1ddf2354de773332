import { existsSync } from 'node:fs';
import { type Settings, settingsBytesMax, settingsPath } from '../../adapters/config/settings.ts';
import { trunkProblem } from '../../adapters/git/open-repository.ts';
import { readBoundedFile } from '../../adapters/system/read-bounded-file.ts';
import { recordingsBytesMax } from '../../core/limits.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { checkFiles, gateProblem, setupProblem } from '../check-start.ts';
import type { Io } from '../io.ts';
import { loadPageSettings } from '../page/page-settings.ts';
import { UserError } from '../user-error.ts';

export type Finding = { readonly isGood: boolean; readonly text: string; readonly remedy?: string };

type Place = { readonly root: string; readonly branch: string | null };

/** Whether this team could land anything here: the branch to land on, and the gate's commands. */
export async function teamFindings(
  { root, branch }: Place,
  team: TeamConfig,
  io: Io,
): Promise<readonly Finding[]> {
  const trunk = team.trunk ?? branch;
  const noTrunk = await trunkProblem(root, trunk);
  const noGate = await gateProblem(team.gate, root, io);
  const noSetup = await setupProblem(team.setup, root, io);
  return [
    noTrunk === null
      ? { isGood: true, text: `lands on ${trunk}` }
      : { isGood: false, text: 'no branch to land on', remedy: noTrunk },
    noGate === null
      ? { isGood: true, text: `gate ${team.gate.map(({ name }) => name).join(', ')}` }
      : {
          isGood: false,
          text: 'the gate',
          remedy: `${noGate} Install it, or change “gate” in .belfry/team.yaml.`,
        },
    ...filesFindings(root, team),
    ...(team.setup.command === null ? [] : [setupFinding(team.setup.command, noSetup)]),
  ];
}

function filesFindings(root: string, team: TeamConfig): readonly Finding[] {
  try {
    checkFiles(root, team);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ isGood: false, text: 'what the team file names', remedy: error.message }];
  }
}

const setupFinding = (command: string, problem: string | null): Finding =>
  problem === null
    ? { isGood: true, text: `setup ${cleanText(command)}` }
    : {
        isGood: false,
        text: 'the setup',
        remedy: `${problem} Install it, or change “setup” in .belfry/team.yaml.`,
      };

/** The person's own settings, theme and keys. */
export async function settingsFinding(env: Io['env']): Promise<Finding> {
  const path = settingsPath(env);
  const text = 'your settings';
  // The page would set it aside; whoever only asks how things are must find it where it was.
  if (isNoJson(path))
    return { isGood: false, text, remedy: `${path} is no valid JSON: mend it, or delete it.` };
  const { greeting, kept } = await loadPageSettings(env);
  return greeting === ''
    ? { isGood: true, text: `${text}: ${recordWords(kept)}` }
    : { isGood: false, text, remedy: cleanText(greeting) };
}

const recordWords = ({ record }: Settings): string =>
  record
    ? `terminals are recorded, up to ${recordingsBytesMax / 1_000_000} MB per repository (“record”)`
    : 'terminals are not recorded (“record: false”)';

function isNoJson(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    JSON.parse(readBoundedFile(path, settingsBytesMax));
    return false;
  } catch (error) {
    // What cannot be read at all is said by whoever reads it.
    return error instanceof SyntaxError;
  }
}
