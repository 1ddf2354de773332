// Puts the pinned agent CLIs into a cache outside the repository. Says what could not be had, and fails then only
// when asked to by --strict: where no packages can be installed, their tests are not run, and said not to be.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, type PinnedCli, pinnedClis, programOf } from './support/pinned-clis.ts';

/** They are some hundred megabytes each; a registry that does not answer must not hold up everything. */
const installTimeoutMs = 240_000;
/** All of them together: whoever waits for the tests waits for this, too. */
const deadline = Date.now() + 600_000;

/** Says why it could not be installed, or null. */
function install(cli: PinnedCli): string | null {
  if (programOf(cli) !== null) return null;
  const timeoutMs = Math.min(installTimeoutMs, deadline - Date.now());
  if (timeoutMs <= 0) return 'the others took all of the time';
  const folder = folderOf(cli);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  process.stdout.write(`installing ${cli.name} ${cli.version} into ${folder}\n`);
  const quiet = [
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retries=1',
  ];
  const { status, signal } = spawnSync(
    'npm',
    ['install', ...quiet, `${cli.package}@${cli.version}`],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: timeoutMs },
  );
  if (programOf(cli) !== null) return null;
  const how = signal === null ? `with ${status}` : `by ${signal}`;
  return `npm ended ${how}, and the program for ${process.platform}-${process.arch} is not there`;
}

const missing = pinnedClis.flatMap(cli => {
  const why = install(cli);
  return why === null ? [] : [`${cli.name} ${cli.version}: ${why}`];
});
for (const line of missing) process.stdout.write(`cannot be had: ${line}\n`);
process.exitCode = missing.length > 0 && process.argv.includes('--strict') ? 1 : 0;
