import { openRepository } from '../adapters/git/open-repository.ts';
import {
  createStateFolder,
  type StateFolder,
  stateFolderOf,
} from '../adapters/system/state-folder.ts';
import { messageOf } from '../lib/thrown.ts';
import type { Io } from './io.ts';
import { UserError } from './user-error.ts';

export type OpenedRepository = {
  readonly root: string;
  /** The branch that is checked out; null while HEAD is detached. */
  readonly branch: string | null;
  readonly state: StateFolder;
};

/** Finds the repository of a folder and where Belfry keeps what it knows of it. Changes nothing in it. */
export async function openState(folder: string, io: Io): Promise<OpenedRepository> {
  const found = await openRepository(folder);
  if (!found.ok) throw new UserError(found.message);
  const state = stateFolderOf(found.root, io.env);
  try {
    createStateFolder(state);
  } catch (error) {
    throw new UserError(
      `Belfry cannot keep what it knows in ${state.root}: ${messageOf(error)}. ` +
        'Make room for that folder, or name another one as XDG_STATE_HOME.',
    );
  }
  return { root: found.root, branch: found.branch, state };
}
