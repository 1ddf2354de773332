import type { Oid, TaskId } from '../../core/ids.ts';
import type { KeptBranch } from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { changesBetween, endsOnTrunk } from './changes-between.ts';
import { mustGit, runGit } from './git.ts';
import { unsavedWorkOf } from './save-work.ts';

/**
 * Snapshots of an agent are let go after a while; what the parts of a split task are offered must not be.
 * Once work in progress is kept, its branch alone is less than that.
 */
export async function keepWork(
  state: StateFolder,
  task: TaskId,
  tip: Oid,
  trunk: Oid,
): Promise<KeptBranch | null> {
  const gitDir = state.teamView;
  const ref = `refs/belfry/kept/${task.toLowerCase()}`;
  const unsaved = await unsavedWorkOf(state, task, tip);
  const known = await runGit(['rev-parse', '--verify', '--quiet', `${ref}^`], { gitDir });
  const isMoreKept = unsaved === null && known.stdout.trim() === tip;
  if (!isMoreKept) await mustGit(['update-ref', ref, unsaved ?? tip], { gitDir });
  const commits = Number(await mustGit(['rev-list', '--count', ref, `^${trunk}`], { gitDir }));
  if (commits === 0) return null;
  return {
    ref,
    commits,
    ...(await changesBetween(gitDir, ...(await endsOnTrunk(gitDir, trunk, ref)))),
  };
}
