import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Oid } from '../../../core/ids.ts';
import { GitError } from '../../../ports/worktrees.ts';
import { mustGit } from '../git.ts';

export type BorrowedObjects = {
  readonly gitDir: string;
  /** The newest commit of the branch that was asked for. */
  readonly commit: Oid;
  remove(): Promise<void>;
};

/**
 * A git folder without configuration that sees the objects of another repository: history can be read
 * through it, and nothing that is configured there is run. Rejects with `GitError` without such a branch.
 */
export async function borrowObjects(repository: string, branch: string): Promise<BorrowedObjects> {
  const cwd = repository;
  const commit = await mustGit(['rev-parse', '--verify', `refs/heads/${branch}^{commit}`], { cwd });
  const objects = await mustGit(['rev-parse', '--path-format=absolute', '--git-path', 'objects'], {
    cwd,
  });
  if (/[\n"]/.test(objects)) throw new GitError(`git cannot borrow from ${objects}`);
  const format = await mustGit(['rev-parse', '--show-object-format'], { cwd });
  const gitDir = await mkdtemp(join(tmpdir(), 'belfry-read-'));
  const remove = () => rm(gitDir, { recursive: true, force: true });
  try {
    const init = ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, gitDir];
    await mustGit(init);
    await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
    await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${objects}\n`);
    // Where a history was cut off on purpose, as by “git clone --depth”, stands beside the objects.
    const shallow = join(dirname(objects), 'shallow');
    if (existsSync(shallow)) await copyFile(shallow, join(gitDir, 'shallow'));
  } catch (error) {
    await remove();
    throw error;
  }
  return { gitDir, commit: commit as Oid, remove };
}
