import type { AgentCli, Signal } from '../../ports/agent-cli.ts';
import { createClaudeCli } from './claude/claude.ts';
import { createHookParser as createClaudeHookParser } from './claude/hook-signs.ts';
import { createCodexCli } from './codex/codex.ts';
import { createHookParser as createCodexHookParser } from './codex/hook-signs.ts';
import type { Manifest } from './manifest/manifest.ts';
import { createManifestCli } from './manifest/manifest-cli.ts';
import type { Prices } from './prices.ts';
import { createScriptedCli, type ScriptedCliOptions } from './scripted.ts';

/** What the agent CLIs need to know beyond their name. */
export type AgentCliOptions = {
  readonly scripted: ScriptedCliOptions;
  /** Those that a file describes. They come before Belfry's own of the same name. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly prices: Prices;
};

const makers: Readonly<Record<string, (options: AgentCliOptions) => AgentCli>> = {
  claude: () => createClaudeCli(),
  codex: options => createCodexCli(options.prices),
  scripted: options => createScriptedCli(options.scripted),
};

export const agentCliNames = (manifests: ReadonlyMap<string, Manifest>): readonly string[] => [
  ...new Set([...Object.keys(makers), ...manifests.keys()]),
];

export class UnknownAgentCliError extends Error {
  override readonly name = 'UnknownAgentCliError';
}

/** The agent CLI of this name in team.yaml. Throws `UnknownAgentCliError` that lists the known names. */
export function createAgentCli(name: string, options: AgentCliOptions): AgentCli {
  const manifest = options.manifests.get(name);
  if (manifest !== undefined) return createManifestCli(manifest, options.prices);
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (make !== undefined) return make(options);
  const known = agentCliNames(options.manifests).join(', ');
  throw new UnknownAgentCliError(`there is no agent CLI “${name}”. Known: ${known}.`);
}

/** Reads hook lines that were recorded with a terminal; null where the CLI has none. */
export function recordedHookParser(name: string): ((line: string) => readonly Signal[]) | null {
  if (name === 'claude') return createClaudeHookParser(() => null);
  return name === 'codex' ? createCodexHookParser(() => null) : null;
}
