import { spawn } from 'node:child_process';
import { padStdio } from '../../adapters/system/pad-stdio.ts';
import { UserError } from '../user-error.ts';

/** Names of changed files; more than this is no task's work. */
const outputBytesMax = 50_000_000;

/** Asks git in a worktree. Null when git says no; rejects with `UserError` when there is no git to ask. */
export function readGit(worktree: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const stdio = padStdio(['ignore', 'pipe', 'ignore']);
    const child = spawn('git', ['--no-optional-locks', ...args], { cwd: worktree, stdio });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= outputBytesMax) chunks.push(chunk);
    });
    child.on('error', error => reject(new UserError(`git cannot be asked: ${error.message}`)));
    child.on('close', code => {
      const isWhole = code === 0 && bytes <= outputBytesMax;
      resolve(isWhole ? Buffer.concat(chunks).toString('utf8') : null);
    });
  });
}

/** As `readGit` with `-z`: the parts between the NUL characters. */
export async function readGitList(
  worktree: string,
  args: readonly string[],
): Promise<readonly string[] | null> {
  const output = await readGit(worktree, args);
  return output === null ? null : output.split('\0').filter(part => part !== '');
}
