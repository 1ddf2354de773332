import { cp, mkdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';

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
    await mkdir(dirname(join(into, inside)), { recursive: true });
    await cp(source, join(into, inside), { recursive: true, force: true, dereference: true });
  }
}
