// Installs the packages when they are missing or older than the lock file. Runs before anything is
// installed, on any Node from 20.20, so it may use nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = `${root}node_modules/.package-lock.json`;
const isFresh =
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;

if (!isFresh) {
  process.stderr.write('belfry: installing packages (once, about 15 seconds) …\n');
  // The packages' own install scripts are not needed: every native part comes ready inside a package.
  const npm = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  if (npm.status !== 0) {
    process.stderr.write(
      'belfry: npm ci failed (its message is above). With a network, run it again; without one, the packages must already be in the npm cache.\n',
    );
    process.exit(npm.status ?? 1);
  }
}
