import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { noPrices } from '../../adapters/agent-cli/prices.ts';
import { createAgentCli } from '../../adapters/agent-cli/registry.ts';
import type { Abilities, AgentCli } from '../../ports/agent-cli.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import type { loadAgentManifests } from './load-agent-manifests.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type Login = {
  readonly isSeen: boolean;
  readonly words: string;
  /** Variables that would replace a login that is not there, once team.yaml names them. */
  readonly passes: readonly string[];
};

/**
 * As far as can be told without reading a secret: whether files and variables are there. `named`: the
 * variables that team.yaml passes on.
 */
export function loginOf(abilities: Abilities, env: Env, named: readonly string[] = []): Login {
  const { loginFiles, loginVariables, program, keyLogin, hidesLogin } = abilities;
  const missed = (words: string, passes: readonly string[] = []): Login => ({
    ...{ isSeen: false, words, passes },
  });
  const seen = (words: string): Login => ({ isSeen: true, words, passes: [] });
  const userHome = env['HOME'] ?? homedir();
  const file = loginFiles.map(one => one.replace('{userHome}', userHome)).find(existsSync);
  if (file !== undefined) return seen(`${file} is there`);
  const set = loginVariables.filter(name => (env[name] ?? '') !== '');
  const [variable] = set;
  const passed = set.find(name => named.includes(name));
  if (passed !== undefined && keyLogin === undefined)
    return seen(`${passed} is set, and passed on`);
  if (variable !== undefined && keyLogin !== undefined)
    return missed(
      `${variable} is set, but ${program} takes a key only by “${keyLogin}”: run it once`,
    );
  if (variable !== undefined)
    return missed(
      `${variable} is set; name it under “env” in team.yaml, or agents will not have it`,
      hidesLogin ? [] : set,
    );
  const unset = loginVariables.find(name => named.includes(name));
  if (unset !== undefined) return missed(`${unset} is named in team.yaml, and not set`);
  if (loginFiles.length + loginVariables.length === 0) return missed('cannot be told from outside');
  return missed(`not seen: run “${program}” once in a terminal of your own and log in`);
}

/** Roles whose agents would not be logged in though a key is there, each with the line that gives it to them. */
export function unpassedKeys(
  team: TeamConfig,
  manifests: ReturnType<typeof loadAgentManifests>,
  env: Env,
): readonly string[] {
  return Object.entries(team.roles).flatMap(([role, { cli, env: named }]) => {
    const { passes } = loginOf(plainCli(cli, manifests).abilities, env, named);
    if (passes.length === 0) return [];
    const names = passes.join(', ');
    return [
      `no login of ${cli} is seen, and ${names} ${passes.length === 1 ? 'is' : 'are'} set: ` +
        `add “env: [${names}]” under “${role}” in .belfry/team.yaml, or its agents will not have it.`,
    ];
  });
}

/** An agent CLI to ask what it can do, not to start it. */
export const plainCli = (
  name: string,
  manifests: ReturnType<typeof loadAgentManifests>,
): AgentCli =>
  createAgentCli(name, {
    ...{ manifests, prices: noPrices },
    scripted: { command: [process.execPath], scenario: '', speed: 1 },
  });
