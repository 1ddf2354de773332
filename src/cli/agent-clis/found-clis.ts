import { programPath } from '../../adapters/host/program-path.ts';

/** Agent CLIs that a new team is offered, those that Belfry reads best first. */
const offered = ['claude', 'codex', 'gemini', 'opencode', 'qwen', 'copilot'] as const;

/** Who fills which role in a new team, by what is installed; null when nothing is. */
export function foundClis(
  env: Readonly<Record<string, string | undefined>>,
): { readonly cli: string; readonly engineerCli: string } | null {
  const found = offered.filter(name => programPath(name, env) !== null);
  const [cli] = found;
  if (cli === undefined) return null;
  // Two providers: an outage or a limit of one does not stop planning and work at once.
  return { cli, engineerCli: found[1] === 'codex' ? 'codex' : cli };
}
