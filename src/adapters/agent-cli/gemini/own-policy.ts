import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchRequest } from '../../../ports/agent-cli.ts';
import { readSmallFile } from '../../following/read-small-file.ts';
import { flatOwnCommandPattern } from '../own-commands.ts';

/** How Gemini CLI 0.61.0 writes the arguments of a tool for its policies: names in order, a NUL around each. */
const argsPattern = `^\\{\\x00"command":${flatOwnCommandPattern}\\x00[,}]`;

/** JSON strings are TOML, too. With the lowest number every rule of the person goes before it. */
const policy = `[[rule]]
toolName = "run_shell_command"
argsPattern = ${JSON.stringify(argsPattern)}
decision = "allow"
priority = 0
modes = ["default", "autoEdit"]
`;

/**
 * Arguments that let Gemini CLI run what the agent says to Belfry. A policy that is named to it takes the place
 * of those that it would read by itself: they are named, too, and where settings name others, or cannot be read,
 * none is given, nor where a comma in its path would make two of it.
 */
export function ownPolicy(home: string, folder: string, request: LaunchRequest): readonly string[] {
  const { worktree, env, permissions } = request;
  if (permissions === 'full') return [];
  const system = '/etc/gemini-cli';
  const settings = [
    join(folder, 'settings.json'),
    join(worktree, '.gemini', 'settings.json'),
    env['GEMINI_CLI_SYSTEM_SETTINGS_PATH'] ?? join(system, 'settings.json'),
    env['GEMINI_CLI_SYSTEM_DEFAULTS_PATH'] ?? join(system, 'system-defaults.json'),
  ];
  if (settings.some(namesPolicies)) return [];
  const file = join(home, 'gemini-policy.toml');
  writeFileSync(file, policy, { mode: 0o600 });
  const own = join(folder, 'policies');
  const files = [...(existsSync(own) ? [own] : []), file];
  return files.some(path => path.includes(',')) ? [] : files.flatMap(path => ['--policy', path]);
}

/** In a key that is spelt with escapes, too. */
function namesPolicies(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readSmallFile(path);
  return text === null || /policyPaths|\\u/.test(text);
}
