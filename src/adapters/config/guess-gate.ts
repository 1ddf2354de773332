import { join } from 'node:path';
import { readRootFile } from './read-root-file.ts';

export type GuessedGate = {
  readonly command: string;
  /** Where it was found, for the person: `scripts.test of package.json`. */
  readonly foundIn: string;
};

/** Written by `npm init`: it always fails. */
const npmPlaceholder = 'no test specified';

const lockFiles: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm test'],
  ['yarn.lock', 'yarn test'],
  ['bun.lock', 'bun run test'],
  ['bun.lockb', 'bun run test'],
];

/** The command that probably runs the tests of a repository; null when nothing tells. Runs nothing. */
export async function guessGate(repository: string): Promise<GuessedGate | null> {
  const read: Read = async name => readRootFile(join(repository, name));
  return (
    (await guessNode(read)) ??
    (await guessByFile(read)) ??
    (await guessPython(read)) ??
    (await guessMake(read))
  );
}

type Read = (name: string) => Promise<string | null>;

async function guessNode(read: Read): Promise<GuessedGate | null> {
  const script = testScript(await read('package.json'));
  if (script === null || script.includes(npmPlaceholder)) return null;
  for (const [lockFile, command] of lockFiles)
    if ((await read(lockFile)) !== null)
      return { command, foundIn: `scripts.test of package.json, and ${lockFile}` };
  return { command: 'npm test', foundIn: 'scripts.test of package.json' };
}

function testScript(packageJson: string | null): string | null {
  try {
    const { scripts } = JSON.parse(packageJson ?? '') as { scripts?: { test?: unknown } };
    return typeof scripts?.test === 'string' ? scripts.test : null;
  } catch {
    return null;
  }
}

async function guessByFile(read: Read): Promise<GuessedGate | null> {
  if ((await read('Cargo.toml')) !== null) return { command: 'cargo test', foundIn: 'Cargo.toml' };
  if ((await read('go.mod')) !== null) return { command: 'go test ./...', foundIn: 'go.mod' };
  return null;
}

async function guessPython(read: Read): Promise<GuessedGate | null> {
  if ((await read('pytest.ini')) !== null) return { command: 'pytest -q', foundIn: 'pytest.ini' };
  for (const name of [
    'pyproject.toml',
    'setup.cfg',
    'tox.ini',
    'requirements-dev.txt',
    'requirements.txt',
  ])
    if (/\bpytest\b/.test((await read(name)) ?? '')) return { command: 'pytest -q', foundIn: name };
  return null;
}

async function guessMake(read: Read): Promise<GuessedGate | null> {
  for (const name of ['Makefile', 'makefile', 'GNUmakefile'])
    for (const target of ['test', 'check'])
      if (new RegExp(`^${target}[ \\t]*:(?!=)`, 'm').test((await read(name)) ?? ''))
        return { command: `make ${target}`, foundIn: `the target “${target}” of ${name}` };
  return null;
}
