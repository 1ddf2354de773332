import { lstat, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { savedFileBytesMax, savedWorkBytesMax } from '../../../core/limits.ts';
import type { LeftFile } from '../../../ports/worktrees.ts';

/** So many files are looked at together: a worktree may hold hundreds of thousands of new ones. */
const lookedAtMax = 200;

/** What of these files of a worktree is saved, the smallest first for as long as there is room, and what is not. */
export async function sizeUp(
  worktree: string,
  paths: readonly string[],
): Promise<{ readonly fitting: readonly string[]; readonly tooLarge: readonly LeftFile[] }> {
  const files: LeftFile[] = [];
  for (let at = 0; at < paths.length; at += lookedAtMax)
    files.push(...(await Promise.all(paths.slice(at, at + lookedAtMax).map(sizeOf(worktree)))));
  const fitting: string[] = [];
  const tooLarge: LeftFile[] = [];
  let room = savedWorkBytesMax;
  for (const file of files.toSorted((one, other) => one.bytes - other.bytes)) {
    const fits = file.bytes <= Math.min(room, savedFileBytesMax);
    if (fits) fitting.push(file.path);
    else tooLarge.unshift(file);
    room -= fits ? file.bytes : 0;
  }
  return { fitting, tooLarge };
}

/** A deleted file takes nothing, and neither does a folder where a file was. */
const sizeOf = (worktree: string) => async (path: string) => {
  const stat = await lstat(join(worktree, path)).catch(() => null);
  return { path, bytes: stat?.isFile() ? stat.size : 0 };
};

/** On the disk where they are, so that nothing is copied. Rejects when one of them cannot be moved. */
export async function moveAside(
  worktree: string,
  files: readonly LeftFile[],
  folder: string,
): Promise<void> {
  for (const { path } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    await rename(join(worktree, path), join(folder, path));
  }
}
