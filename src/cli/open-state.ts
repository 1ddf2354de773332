import { openRepository } from '../adapters/git/open-repository.ts';
import {
  createStateFolder,
  type StateFolder,
  stateFolderOf,
} from '../adapters/system/state-folder.ts';
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
  createStateFolder(state);
  return { root: found.root, branch: found.branch, state };
}
