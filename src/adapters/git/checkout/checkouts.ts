import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mustGit } from '../git.ts';

/** One folder that holds files of the person's repository. */
export type Checkout = {
  readonly path: string;
  /** `refs/heads/main`; null while HEAD is detached. */
  readonly branch: string | null;
  /** Where its HEAD and index are; null when it cannot be found from the folder. */
  readonly gitDir: string | null;
};

/** The person's checkout and every linked one whose folder is there. */
export async function checkoutsOf(repository: string): Promise<readonly Checkout[]> {
  const text = await mustGit(['worktree', 'list', '--porcelain', '-z'], { cwd: repository });
  const own = gitDirOf(repository);
  const found: Checkout[] = [];
  for (const [index, block] of text.split('\0\0').entries()) {
    const lines = block.split('\0');
    const listed = lines.find(line => line.startsWith('worktree '))?.slice(9);
    if (listed === undefined || lines.includes('bare') || !existsSync(listed)) continue;
    // In a submodule git lists the folder of its git files where its checkout should be.
    const isOwn = index === 0 && own !== null && commonDirOf(own) === own;
    const path = isOwn ? repository : listed;
    const branch = lines.find(line => line.startsWith('branch '))?.slice(7) ?? null;
    found.push({ path, branch, gitDir: gitDirOf(path) });
  }
  return found;
}

/** A rebase or bisect takes its branch up again at the end; until then the checkout stands elsewhere. */
export function isMovedLater(repository: string, branch: string): boolean {
  const own = gitDirOf(repository);
  if (own === null) return false;
  const common = commonDirOf(own);
  const linked = join(common, 'worktrees');
  const names = existsSync(linked) ? readdirSync(linked) : [];
  const files = ['rebase-merge/head-name', 'rebase-apply/head-name', 'BISECT_START'];
  return [common, ...names.map(name => join(linked, name))]
    .flatMap(gitDir => files.map(file => textOf(join(gitDir, file))))
    .some(text => text === branch || `refs/heads/${text}` === branch);
}

/** The file by which a git holds a branch, or the HEAD that names it (gitrepository-layout(5)); null where none does. */
export function branchLockOf(
  repository: string,
  branch: string,
  holder: Checkout | undefined,
): string | null {
  const own = gitDirOf(repository);
  const locks = [
    ...(own === null ? [] : [join(commonDirOf(own), `${branch}.lock`)]),
    ...(holder?.gitDir ? [join(holder.gitDir, 'HEAD.lock')] : []),
  ];
  return locks.find(lock => existsSync(lock)) ?? null;
}

/** gitrepository-layout(5): `.git` is a folder, or a file that names one. */
export function gitDirOf(path: string): string | null {
  const link = join(path, '.git');
  if (!existsSync(link)) return null;
  if (statSync(link).isDirectory()) return link;
  const target = textOf(link)?.replace(/^gitdir: /, '');
  return target === undefined ? null : resolve(path, target);
}

/** A linked checkout shares everything but HEAD and index with the folder that this file names. */
export function commonDirOf(gitDir: string): string {
  const common = textOf(join(gitDir, 'commondir'));
  return common === undefined ? gitDir : resolve(gitDir, common);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
