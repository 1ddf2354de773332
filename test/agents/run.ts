// `npm run test:agents`: installs the pinned agent CLIs into a cache outside the repository, then runs
// Belfry with the real programs against a model of its own on the loopback interface. No key, no account.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, type PinnedCli, pinnedClis, programOf } from './support/pinned-clis.ts';

/** Says why it could not be installed, or null. */
function install(cli: PinnedCli): string | null {
  if (programOf(cli) !== null) return null;
  const folder = folderOf(cli);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  process.stdout.write(`installing ${cli.name} ${cli.version} into ${folder}\n`);
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${cli.package}@${cli.version}`],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (programOf(cli) !== null) return null;
  return `npm ended with ${status}, and the program for ${process.platform}-${process.arch} is not there`;
}

const missing = pinnedClis.flatMap(cli => {
  const why = install(cli);
  return why === null ? [] : [`${cli.name} ${cli.version}: ${why}`];
});
for (const line of missing) process.stdout.write(`NOT RUN ${line}\n`);
const args = ['run', '--config', 'test/vitest.config.ts', 'test/agents', ...process.argv.slice(2)];
const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
process.exitCode = status === 0 && missing.length === 0 ? 0 : 1;
