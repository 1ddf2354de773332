import { basename } from 'node:path';
import type { Log } from '../../../ports/log.ts';
import type { TeamConfig } from '../../../ports/team-config.ts';
import { copyFiles } from '../../system/copy-files.ts';
import { runShell } from '../../system/run-shell.ts';
import type { StateFolder } from '../../system/state-folder.ts';

/**
 * Copies what git does not have and runs the setup command in a fresh worktree. A setup that fails is in
 * the log and does not keep the agent from starting: it may be the very thing that it is to mend.
 */
export async function setUpWorktree(
  worktree: string,
  given: {
    readonly setup: TeamConfig['setup'];
    readonly repository: string;
    readonly state: StateFolder;
    readonly env: Readonly<Record<string, string>>;
    /** The one log: two on one file would not see each other's bytes. */
    readonly log: Log;
    /** Ends the command. */
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { setup, repository, state, env, log, signal } = given;
  await copyFiles(setup.copy, repository, worktree);
  const agent = basename(worktree);
  // The others read and plan; an installation each would only keep the engineers waiting.
  if (setup.command === null || !agent.startsWith('eng-')) return;
  const end = await runShell({
    ...{ command: setup.command, cwd: worktree, env, tag: `${state.root}/${agent}` },
    ...{ timeoutMs: setup.timeoutMs, silenceMs: setup.timeoutMs },
    signal,
    onOutput: bytes => log.write(`${agent} setup: ${bytes.toString('utf8').trimEnd()}`),
  });
  log.write(`${agent} setup: ${JSON.stringify(end)}`);
}
