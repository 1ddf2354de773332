import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import type { Role } from '../../core/agent.ts';
import { createFileAtomically } from '../system/atomic-file.ts';
import type { GuessedGate } from './guess-gate.ts';
import type { GuessedSetup } from './guess-setup.ts';

export type TeamTemplate = {
  /** The program's `assets/templates/team.yaml`. */
  readonly template: string;
  /** Null leaves a comment that has to be filled in. */
  readonly gate: GuessedGate | null;
  /** Null leaves a comment with an example. */
  readonly setup?: GuessedSetup | null;
  /** Of the architect, and of the others where nothing else is given. */
  readonly cli: string;
  readonly managerCli?: string;
  readonly engineerCli?: string;
  readonly engineers: number;
  /** Names of variables that each role gets; left out: none. */
  readonly env?: Readonly<Record<Role, readonly string[]>>;
  /** What scripted agents play. */
  readonly scenario?: string;
};

/** Writes a new team.yaml; answers false, and changes nothing, when there is one. */
export async function writeTeamTemplate(path: string, given: TeamTemplate): Promise<boolean> {
  const text = fillTemplate(await readFile(given.template, 'utf8'), given);
  await mkdir(dirname(path), { recursive: true });
  return createFileAtomically(path, text, 0o666);
}

/** The text of a new team.yaml. */
export function fillTemplate(template: string, given: Omit<TeamTemplate, 'template'>): string {
  const values: Readonly<Record<string, string>> = {
    gate: gateLines(given.gate),
    setup: setupLines(given.setup ?? null),
    cli: inYaml(given.cli),
    managercli: inYaml(given.managerCli ?? given.cli),
    engineercli: inYaml(given.engineerCli ?? given.cli),
    engineers: String(given.engineers),
    architectenv: envLines(given.env?.architect),
    managerenv: envLines(given.env?.manager),
    engineerenv: envLines(given.env?.engineer),
  };
  const text = template.replace(
    /\{\{([a-z]+)\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  if (given.scenario === undefined) return text;
  return `${text}\n# What the scripted agents play.\nscenario: ${inYaml(given.scenario)}\n`;
}

/** No login was seen, and these replace one. */
const envLines = (names: readonly string[] = []): string =>
  names.length === 0 ? '' : `\n    env: [${names.map(inYaml).join(', ')}]`;

function gateLines(gate: GuessedGate | null): string {
  if (gate !== null) return `# From ${gate.foundIn}.\ngate: ${inYaml(gate.command)}`;
  return '# Nothing in this repository tells how its tests are run. Fill this in; nothing starts without it.\n# gate: COMMAND';
}

const setupLines = (setup: GuessedSetup | null): string =>
  setup === null
    ? '# setup:\n#   command: npm ci\n#   copy: [.env.test]\n#   timeout: 10m'
    : `# From ${setup.foundIn}.\nsetup:\n  command: ${inYaml(setup.command)}\n  # copy: [.env.test]\n  # timeout: 10m`;

const inYaml = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();
