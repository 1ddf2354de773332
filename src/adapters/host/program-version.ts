import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { cleanText } from '../../lib/clean-text.ts';
import type { Environment } from '../../ports/host.ts';
import { endTree } from '../system/processes.ts';

/** A program that does not tell its version in this time hangs. Node programs take seconds on a busy machine. */
const versionTimeoutMs = 15_000;
const versionCharsMax = 80;
/** What floods instead of telling a version is cut off. */
const outputCharsMax = 64_000;

/**
 * The first line that it prints for --version; null when it fails, hangs or is given up by `signal`. Then nothing
 * of it runs any more when this resolves: for a question as small as this, Gemini CLI starts itself a second time
 * and writes into HOME.
 */
export async function programVersion(
  program: string,
  env: Environment,
  signal?: AbortSignal,
): Promise<string | null> {
  if (signal?.aborted) return null;
  const { PATH, HOME, LANG } = env;
  const BELFRY_TAG = `version-${randomUUID()}`;
  const kept = Object.fromEntries(
    Object.entries({ PATH, HOME, LANG, BELFRY_TAG }).filter(([, value]) => value !== undefined),
  );
  const running = execa(program, ['--version'], {
    ...{ env: kept, extendEnv: false, reject: false, stdin: 'ignore', maxBuffer: outputCharsMax },
  });
  let ending: Promise<void> | null = null;
  const end = () => {
    ending ??= endTree(running.nodeChildProcess.pid ?? 0, BELFRY_TAG, 0);
  };
  const timeout = setTimeout(end, versionTimeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  const result = await running;
  clearTimeout(timeout);
  signal?.removeEventListener('abort', end);
  if (result.isMaxBuffer) end();
  await ending;
  const [line = ''] = result.stdout.split('\n');
  return result.exitCode === 0 && line.trim() !== ''
    ? cleanText(line.trim()).slice(0, versionCharsMax)
    : null;
}
