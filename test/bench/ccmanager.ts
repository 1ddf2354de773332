import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The newest release that is plain JavaScript: those after it are programs of another runtime, one for each platform. */
export const ccmanagerVersion = '3.1.5';
/** What it wants has to be compiled; this is the same code with the binary in a package. */
const ptyPackage = 'npm:@lydell/node-pty@1.1.0';

const installTimeoutMs = 180_000;

const folder = (): string =>
  join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'belfry',
    `bench-ccmanager-${ccmanagerVersion}`,
  );

const program = (): string => join(folder(), 'node_modules', 'ccmanager', 'dist', 'cli.js');

/** The program, installed once into a cache outside every repository; or why it cannot be had here. */
export function findCcmanager(): { readonly program: string } | { readonly why: string } {
  if (existsSync(program())) return { program: program() };
  mkdirSync(folder(), { recursive: true });
  const wanted = {
    private: true,
    dependencies: { ccmanager: ccmanagerVersion },
    overrides: { 'node-pty': ptyPackage },
  };
  writeFileSync(join(folder(), 'package.json'), JSON.stringify(wanted));
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const { error, status, signal } = spawnSync('npm', ['install', ...quiet], {
    ...{ cwd: folder(), stdio: 'ignore', timeout: installTimeoutMs },
  });
  if (existsSync(program())) return { program: program() };
  if (error !== undefined) return { why: `npm cannot be run (${error.message})` };
  return { why: `npm ended ${signal === null ? `with ${status}` : `by ${signal}`}` };
}
