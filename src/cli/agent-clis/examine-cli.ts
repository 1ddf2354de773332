import { programPath } from '../../adapters/host/program-path.ts';
import { programVersion } from '../../adapters/host/program-version.ts';
import type { Abilities, AgentCli } from '../../ports/agent-cli.ts';
import { loginOf } from './login.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What `belfry doctor` says about one agent CLI. `named`: the variables that team.yaml passes on to it. */
export async function examineCli(
  cli: AgentCli,
  env: Env,
  named: readonly string[] = [],
): Promise<{ readonly isInstalled: boolean; readonly lines: readonly string[] }> {
  if (cli.isScripted)
    return { isInstalled: true, lines: [`  ✓ ${cli.name}: part of Belfry, plays a scenario`] };
  const { abilities } = cli;
  const path = programPath(abilities.program, env);
  if (path === null)
    return {
      isInstalled: false,
      lines: [`  · ${cli.name}: “${abilities.program}” is not on the PATH`],
    };
  const version = await programVersion(path, env);
  return {
    isInstalled: true,
    lines: [
      `  ✓ ${cli.name}: ${version ?? 'does not tell its version'} (${path})`,
      ...(isOlder(version, abilities.versions)
        ? [
            '      ! older than any that was seen at work: update it, or its flags may be unknown to it',
          ]
        : []),
      `      seen at work: ${abilities.versions}`,
      `      login: ${loginOf(abilities, env, named).words}`,
      `      state from ${abilities.signals.join(', ')} · resumes ${resuming[abilities.resumes]} · usage: ${
        abilities.usage.join(', ') || 'not told'
      }`,
      `      asks permission: ${asking(abilities)}`,
      `      pause: ${pausing(abilities.holdsForMs)}`,
      `      role’s instructions: ${cli.takesInstructions ? 'given at its start' : 'typed before its first message'}`,
      ...abilities.notes.map(note => `      note: ${note}`),
    ],
  };
}

const resuming: Readonly<Record<Abilities['resumes'], string>> = {
  session: 'its session',
  newest: 'the newest session of its worktree',
  no: 'nothing: a handoff replaces a session',
};

const asking = ({ asks, isAnswered }: Abilities): string =>
  `${asks === 'command' ? 'with the command itself' : asks} · ${
    isAnswered ? 'answered from the page' : 'answered in its terminal only'
  }`;

const pausing = (holdsForMs: number | null): string =>
  holdsForMs === null
    ? 'stands still'
    : `stands still for up to ${holdsForMs / 1_000} s, then its turn is interrupted and gone on with afterwards`;

const numbersOf = (text: string): readonly (readonly number[])[] =>
  [...text.matchAll(/\d+\.\d+\.\d+/g)].map(([version]) => version.split('.').map(Number));

/** Whether it is older than every version that is named; false where either tells none. */
function isOlder(version: string | null, seen: string): boolean {
  const [own] = numbersOf(version ?? '');
  const known = numbersOf(seen);
  const isBefore = (other: readonly number[]) => {
    const at = other.findIndex((part, index) => part !== own?.[index]);
    return at !== -1 && (own?.[at] ?? 0) < (other[at] ?? 0);
  };
  return own !== undefined && known.length > 0 && known.every(isBefore);
}
