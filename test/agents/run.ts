// `npm run test:agents`: installs the pinned agent CLIs into a cache outside the repository, then runs
// Belfry with the real programs against a model of its own on the loopback interface. No key, no account.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { notInstalled } from './support/pinned-clis.ts';

const installer = fileURLToPath(new URL('install.ts', import.meta.url));
spawnSync(process.execPath, [installer], { stdio: 'inherit' });
const missing = notInstalled();
for (const cli of missing) process.stdout.write(`NOT RUN: ${cli}\n`);
const args = ['run', '--config', 'test/vitest.config.ts', '--project', 'agents'];
const { status } = spawnSync('vitest', [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status === 0 && missing.length === 0 ? 0 : 1;
