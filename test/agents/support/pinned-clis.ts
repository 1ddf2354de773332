import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type PinnedCli = {
  /** Its name in team.yaml and on the PATH. */
  readonly name: 'claude' | 'codex' | 'gemini' | 'opencode';
  readonly version: string;
  readonly package: string;
};

export const pinnedClis: readonly PinnedCli[] = [
  { name: 'claude', version: '2.1.330', package: '@anthropic-ai/claude-code' },
  { name: 'claude', version: '2.1.197', package: '@anthropic-ai/claude-code' },
  { name: 'codex', version: '0.169.0', package: '@openai/codex' },
  { name: 'gemini', version: '0.61.0', package: '@google/gemini-cli' },
  { name: 'opencode', version: '1.18.33', package: 'opencode-ai' },
];

/** Outside every repository, kept between runs: together they are about a gigabyte. */
const cliCache = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'belfry', 'agent-clis');

export const folderOf = ({ name, version }: PinnedCli): string =>
  join(cliCache(), `${name}-${version}`);

/** The program itself, past the launchers in the packages; null when it is not installed. */
export function programOf(cli: PinnedCli): string | null {
  const program = programPath(cli, join(folderOf(cli), 'node_modules'));
  return program !== null && existsSync(program) ? program : null;
}

function programPath({ name }: PinnedCli, modules: string): string | null {
  const platform = `${process.platform}-${process.arch}`;
  switch (name) {
    case 'claude':
      return join(modules, '@anthropic-ai', `claude-code-${platform}`, 'claude');
    case 'codex': {
      const vendor = join(modules, '@openai', `codex-${platform}`, 'vendor');
      const [triple] = existsSync(vendor) ? readdirSync(vendor) : [];
      return triple === undefined ? null : join(vendor, triple, 'bin', 'codex');
    }
    case 'gemini':
      return join(modules, '@google', 'gemini-cli', 'bundle', 'gemini.js');
    case 'opencode':
      return join(modules, `opencode-${platform}`, 'bin', 'opencode');
  }
}

/** `claude 2.1.330`: those that are not in the cache. */
export const notInstalled = (): readonly string[] =>
  pinnedClis.filter(cli => programOf(cli) === null).map(cli => `${cli.name} ${cli.version}`);

export const newest = (name: PinnedCli['name']): PinnedCli =>
  pinnedClis.find(cli => cli.name === name) as PinnedCli;

/** Puts the programs of these into a folder for the PATH. */
export function linkPrograms(folder: string, clis: readonly PinnedCli[]): void {
  mkdirSync(folder, { recursive: true });
  for (const cli of clis) {
    const program = programOf(cli);
    if (program === null) throw new Error(`${cli.name} ${cli.version} is not installed`);
    rmSync(join(folder, cli.name), { force: true });
    symlinkSync(program, join(folder, cli.name));
  }
}
