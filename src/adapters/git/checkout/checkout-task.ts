import { existsSync } from 'node:fs';
import { branchOf, type TaskId } from '../../../core/ids.ts';
import { GitError } from '../../../ports/worktrees.ts';
import type { StateFolder } from '../../system/state-folder.ts';
import { runGit } from '../git.ts';
import { fetchArgs } from '../prepare-repositories.ts';

/**
 * Brings the branch of a task into the person's repository under the same name, without switching to it.
 * Rejects with `GitError` when there is none, or when theirs has commits of its own or is checked out.
 */
export async function checkoutTask(given: {
  readonly repository: string;
  readonly state: StateFolder;
  readonly task: TaskId;
}): Promise<{ readonly branch: string }> {
  const { repository, state, task } = given;
  const branch = branchOf(task);
  const ref = `refs/heads/${branch}`;
  const isThere =
    existsSync(state.teamView) &&
    (await runGit(['rev-parse', '--verify', '--quiet', ref], { gitDir: state.teamView })).code ===
      0;
  if (!isThere) throw new GitError(`${task} has no branch yet: no engineer has worked on it.`);
  // A quiet fetch does not say why it refused.
  const fetch = fetchArgs.filter(argument => argument !== '--quiet');
  const { code, stderr } = await runGit([...fetch, '--', state.teamView, `${ref}:${ref}`], {
    cwd: repository,
  });
  if (code === 0) return { branch };
  const isApart = /non-fast-forward|rejected/.test(stderr);
  const isOut = /checked out/.test(stderr);
  if (isOut)
    throw new GitError(
      `${branch} is checked out in your repository: switch to another branch first.`,
    );
  if (isApart)
    throw new GitError(
      `your ${branch} has commits of its own. Rename it first: git branch -m ${branch} ${branch}-mine`,
    );
  throw new GitError(`git could not bring ${branch} in: ${stderr.trim().split('\n')[0]}`);
}
