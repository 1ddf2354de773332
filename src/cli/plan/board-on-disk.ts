import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { emptySnapshot, type GoodTask, snapshotOf } from '../../adapters/board/reading.ts';
import { FolderScanner } from '../../adapters/board/scan-folder.ts';
import { withoutCheckout } from '../../adapters/git/open-repository.ts';
import type { BrokenFile } from '../../core/task.ts';
import { BoardError } from '../../ports/board-files.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';

/** The repository around the current folder. Throws `UserError` outside of any. */
export function repositoryRoot(io: Io): string {
  for (let folder = resolve(io.cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) throw new UserError(withoutCheckout(io.cwd));
  }
}

export const tasksFolder = (io: Io): string => join(repositoryRoot(io), '.belfry', 'tasks');

/** The task files as they are, whether a team runs or not. Throws `UserError` where their folder is none. */
export async function readTasks(
  io: Io,
): Promise<{ readonly tasks: readonly GoodTask[]; readonly broken: readonly BrokenFile[] }> {
  const files = await new FolderScanner(tasksFolder(io)).scan().catch((error: unknown) => {
    throw error instanceof BoardError ? new UserError(error.message) : error;
  });
  const { tasks, broken } = snapshotOf(files, emptySnapshot);
  return { tasks: [...tasks.values()], broken };
}
