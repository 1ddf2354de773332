import { spawn } from 'node:child_process';
import { padStdio } from '../../system/pad-stdio.ts';
import { gitProcess } from '../git.ts';

export type HeldBranch = {
  /** True when the branch is at `to`. */
  commit(): Promise<boolean>;
  release(): Promise<void>;
};

/**
 * Locks a branch at `from`, so that nobody commits on it while its checkout is brought to `to`. Null when
 * it is elsewhere or somebody else holds it. When Belfry dies, git sees its input end and lets go.
 */
export async function holdBranch(
  repository: string,
  move: { readonly branch: string; readonly from: string; readonly to: string },
): Promise<HeldBranch | null> {
  const args = ['update-ref', '-m', 'belfry: follow the trunk', '--stdin'];
  const { argv, options } = gitProcess(args, { cwd: repository });
  const child = spawn('git', argv, { ...options, stdio: padStdio(['pipe', 'pipe', 'ignore']) });
  let said = '';
  let wake = () => {};
  const ended = new Promise<void>(resolve => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  let isOver = false;
  void ended.then(() => {
    isOver = true;
    wake();
  });
  child.stdout?.on('data', bytes => {
    said += String(bytes);
    wake();
  });
  child.stdin?.on('error', () => {});
  const answered = async (words: string) => {
    while (!said.includes(words) && !isOver)
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    return said.includes(words);
  };
  const { branch, from, to } = move;
  child.stdin?.write(`start\nupdate ${branch} ${to} ${from}\nprepare\n`);
  if (!(await answered('prepare: ok'))) {
    child.stdin?.end();
    await ended;
    return null;
  }
  return {
    async commit() {
      child.stdin?.end('commit\n');
      const isDone = await answered('commit: ok');
      await ended;
      return isDone;
    },
    async release() {
      child.stdin?.end('abort\n');
      await ended;
    },
  };
}
