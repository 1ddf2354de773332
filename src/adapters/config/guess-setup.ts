import { join } from 'node:path';
import { readRootFile } from './read-root-file.ts';

export type GuessedSetup = {
  readonly command: string;
  /** Where it was found, for the person: `package-lock.json`. */
  readonly foundIn: string;
};

type Read = (name: string) => Promise<string | null>;

/** Each installs what the lock file says, and never writes it. */
const installers: readonly (readonly [string, (lock: string) => string])[] = [
  ['pnpm-lock.yaml', () => 'pnpm install --frozen-lockfile'],
  // Yarn 2 and later begin their lock files with this key, and call the same thing by another name.
  [
    'yarn.lock',
    lock => `yarn install --${/^__metadata:/m.test(lock) ? 'immutable' : 'frozen-lockfile'}`,
  ],
  ['bun.lock', () => 'bun install --frozen-lockfile'],
  ['bun.lockb', () => 'bun install --frozen-lockfile'],
  ['package-lock.json', () => 'npm ci'],
  ['npm-shrinkwrap.json', () => 'npm ci'],
];

/** The command that a fresh worktree probably needs before anything runs in it; null when nothing tells. Runs nothing. */
export async function guessSetup(repository: string): Promise<GuessedSetup | null> {
  const read: Read = async name => readRootFile(join(repository, name));
  const found = [await guessSubmodules(read), await guessInstall(read)].filter(one => one !== null);
  if (found.length === 0) return null;
  return {
    command: found.map(one => one.command).join(' && '),
    foundIn: found.map(one => one.foundIn).join(', '),
  };
}

async function guessSubmodules(read: Read): Promise<GuessedSetup | null> {
  if (!/^[ \t]*\[submodule /m.test((await read('.gitmodules')) ?? '')) return null;
  return { command: 'git submodule update --init --recursive', foundIn: '.gitmodules' };
}

async function guessInstall(read: Read): Promise<GuessedSetup | null> {
  if (!hasPackages(await read('package.json'))) return null;
  for (const [lockFile, command] of installers) {
    const lock = await read(lockFile);
    if (lock !== null) return { command: command(lock), foundIn: lockFile };
  }
  return null;
}

/** Without any there is nothing to install; with workspaces each has its own. */
function hasPackages(packageJson: string | null): boolean {
  try {
    const found = JSON.parse(packageJson ?? '') as Readonly<Record<string, unknown>>;
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'workspaces'].some(
      key => Object.keys(found[key] ?? {}).length > 0,
    );
  } catch {
    return false;
  }
}
