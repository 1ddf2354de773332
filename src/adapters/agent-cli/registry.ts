import type { AgentCli } from '../../ports/agent-cli.ts';
import { createClaudeCli } from './claude/claude.ts';
import { createCodexCli } from './codex/codex.ts';
import { createScriptedCli, type ScriptedCliOptions } from './scripted.ts';

/** What the agent CLIs need to know beyond their name. */
export type AgentCliOptions = { readonly scripted: ScriptedCliOptions };

const makers: Readonly<Record<string, (options: AgentCliOptions) => AgentCli>> = {
  claude: () => createClaudeCli(),
  codex: () => createCodexCli(),
  scripted: options => createScriptedCli(options.scripted),
};

export const agentCliNames: readonly string[] = Object.keys(makers);

export class UnknownAgentCliError extends Error {
  override readonly name = 'UnknownAgentCliError';
}

/** The agent CLI of this name in team.yaml. Throws `UnknownAgentCliError` that lists the known names. */
export function createAgentCli(name: string, options: AgentCliOptions): AgentCli {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (make !== undefined) return make(options);
  const known = agentCliNames.join(', ');
  throw new UnknownAgentCliError(`there is no agent CLI “${name}”. Known: ${known}.`);
}
