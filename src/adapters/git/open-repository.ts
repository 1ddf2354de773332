import { existsSync } from 'node:fs';
import { simpleGit } from 'simple-git';

export type Opened =
  | { readonly ok: true; readonly root: string; readonly trunkName: string }
  | { readonly ok: false; readonly message: string };

/** `merge-tree --write-tree` came with it. */
const gitNeeded = [2, 38] as const;

const refuse = (message: string): Opened => ({ ok: false, message });

/**
 * Looks at the person's repository and names the one thing that keeps Belfry from working on it, with its
 * remedy. Only reads. `trunk` is the branch that team.yaml names, or null for the one checked out.
 */
export async function openRepository(
  folder: string,
  { trunk }: { readonly trunk: string | null },
): Promise<Opened> {
  if (!existsSync(folder)) return refuse(`there is no folder ${folder}.`);
  const git = simpleGit({ baseDir: folder });
  const ask = (...args: string[]) =>
    git.raw(args).then(
      text => text.trim(),
      () => null,
    );
  const version = await git.version().catch(() => null);
  if (version === null || !version.installed)
    return refuse('git is not installed, or not on the PATH. Install git 2.38 or newer.');
  const isOld =
    version.major < gitNeeded[0] ||
    (version.major === gitNeeded[0] && version.minor < gitNeeded[1]);
  if (isOld)
    return refuse(
      `git ${version.major}.${version.minor} is too old: Belfry needs 2.38 or newer (merge-tree).`,
    );
  if ((await ask('rev-parse', '--is-bare-repository')) === 'true')
    return refuse(`${folder} is a bare repository. Clone it, and start Belfry in the clone.`);
  const root = await ask('rev-parse', '--show-toplevel');
  if (root === null || root === '')
    return refuse(`${folder} is no git repository. “git init” makes one; then commit something.`);
  if ((await ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')) === null)
    return refuse(`${root} has no commit yet. Commit something first: agents start from it.`);
  const current = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  if (trunk === null && (current === null || current === ''))
    return refuse(
      `${root} has a detached HEAD. Check out the branch to land on, or name it as “trunk” in .belfry/team.yaml.`,
    );
  const trunkName = trunk ?? (current as string);
  if ((await ask('rev-parse', '--verify', '--quiet', `refs/heads/${trunkName}^{commit}`)) === null)
    return refuse(
      `${root} has no branch “${trunkName}” to land on. Create it, or change “trunk” in .belfry/team.yaml.`,
    );
  return { ok: true, root, trunkName };
}
