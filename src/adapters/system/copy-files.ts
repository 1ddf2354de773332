import { cp, lstat, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';

/**
 * Copies files that git does not have from the person's checkout. What is not there is left out; what is
 * there already is replaced. Rejects for a path that leads out of the checkout.
 */
export async function copyFiles(
  paths: readonly string[],
  from: string,
  into: string,
): Promise<void> {
  for (const path of paths) {
    const inside = normalize(path);
    if (isAbsolute(inside) || inside.startsWith('..'))
      throw new Error(`setup.copy: ${path} is not inside the repository`);
    const source = join(from, inside);
    if ((await stat(source).catch(() => null)) === null) continue;
    const target = join(into, inside);
    await mkdir(dirname(target), { recursive: true });
    await refuseLinks(into, inside);
    await rm(target, { recursive: true, force: true });
    await cp(source, target, { recursive: true, dereference: true });
  }
}

/** A branch can hold a link in the place of a folder, and what is copied would land where it leads. */
async function refuseLinks(into: string, inside: string): Promise<void> {
  let folder = into;
  for (const part of dirname(inside).split(sep)) {
    folder = join(folder, part);
    if ((await lstat(folder)).isSymbolicLink())
      throw new Error(`setup.copy: ${inside} leads through a link in the worktree`);
  }
}
