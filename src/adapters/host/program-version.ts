import { execa } from 'execa';
import { cleanText } from '../../lib/clean-text.ts';
import type { Environment } from '../../ports/host.ts';

/** A program that does not tell its version in this time hangs. Node programs take seconds on a busy machine. */
const versionTimeoutMs = 15_000;
const versionCharsMax = 80;

/** The first line that it prints for --version; null when it fails or hangs. */
export async function programVersion(program: string, env: Environment): Promise<string | null> {
  const { PATH, HOME, LANG } = env;
  const kept = Object.fromEntries(
    Object.entries({ PATH, HOME, LANG }).filter(([, value]) => value !== undefined),
  );
  const result = await execa(program, ['--version'], {
    ...{ env: kept, extendEnv: false, reject: false, stdin: 'ignore', timeout: versionTimeoutMs },
  });
  const [line = ''] = result.stdout.split('\n');
  return result.exitCode === 0 && line.trim() !== ''
    ? cleanText(line.trim()).slice(0, versionCharsMax)
    : null;
}
