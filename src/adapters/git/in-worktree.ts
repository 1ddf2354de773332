import { basename, join } from 'node:path';
import type { StateFolder } from '../system/state-folder.ts';
import type { GitOptions } from './git.ts';

/** How git is run in an agent's worktree: its own HEAD and index, but the configuration of the view. */
export function inWorktree(state: StateFolder, worktree: string, indexFile?: string): GitOptions {
  return {
    cwd: worktree,
    env: {
      GIT_DIR: join(state.teamView, 'worktrees', basename(worktree)),
      GIT_COMMON_DIR: state.teamView,
      GIT_WORK_TREE: worktree,
    },
    ...(indexFile === undefined ? {} : { indexFile }),
  };
}
