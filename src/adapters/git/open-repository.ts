import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { simpleGit } from 'simple-git';
import { cleanText } from '../../lib/clean-text.ts';
import { messageOf } from '../../lib/thrown.ts';

export type Opened =
  | {
      readonly ok: true;
      readonly root: string;
      /** Null while HEAD is detached. */
      readonly branch: string | null;
    }
  | { readonly ok: false; readonly message: string };

/** `merge-tree --write-tree` came with it. */
const gitNeeded = [2, 38] as const;

const refuse = (message: string): Opened => ({ ok: false, message });

/**
 * Looks at the person's repository and names the one thing that keeps Belfry from working on it, with its
 * remedy. Only reads.
 */
export async function openRepository(folder: string): Promise<Opened> {
  if (!existsSync(folder)) return refuse(`there is no folder ${folder}.`);
  const git = simpleGit({ baseDir: folder });
  // A git that says no without a word of error passes for a yes with an empty answer.
  const ask = (...args: string[]) =>
    git.raw(args).then(
      text => text.trim() || null,
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
  if ((await ask('rev-parse', '--is-bare-repository')) === 'true') return refuse(bareWords(folder));
  const root = await ask('rev-parse', '--show-toplevel');
  if (root === null) return refuse(await whyNone(folder));
  // A quiet git that fails says nothing, which counts as an answer without text.
  if (!(await ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')))
    return refuse(`${root} has no commit yet. Commit something first: agents start from it.`);
  const branch = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  return { ok: true, root, branch };
}

/** What git takes for no repository may be one: another user's, or a damaged one, where “git init” would be wrong. */
async function whyNone(folder: string): Promise<string> {
  if (!hasGit(folder)) return noneWords(folder);
  const said = await simpleGit({ baseDir: folder })
    .raw('rev-parse', '--show-toplevel')
    .then(String, messageOf);
  // Git speaks the person's language; where it would work is the same in all.
  if (folder.split(sep).includes('.git'))
    return `${folder} is inside of git’s own folder. Go to the checkout that it belongs to.`;
  // The command in git's advice, which no translation changes.
  const trust = /git config --global --add safe\.directory .+/.exec(said)?.[0];
  return trust === undefined
    ? `git finds no repository in ${folder}, though there is a “.git”: ${cleanText(said.split('\n')[0] ?? '').trim()}. Mend it, or clone it anew.`
    : `${folder} belongs to another user, and git does not work in it. If you trust what is in it: “${cleanText(trust).trim()}”.`;
}

const bareWords = (folder: string) =>
  `${folder} is a bare repository. Clone it, and start Belfry in the clone.`;
const noneWords = (folder: string) =>
  `${folder} is no git repository. “git init” makes one; then commit something.`;

/** Why no files of a board can be in this folder, which has no `.git` above it: told without git, at once. */
export const withoutCheckout = (folder: string): string =>
  isBare(folder) ? bareWords(folder) : noneWords(folder);

/** As git looks for it: from here upwards. */
function isBare(folder: string): boolean {
  const above = dirname(folder);
  const isOne = ['HEAD', 'objects', 'refs'].every(name => existsSync(join(folder, name)));
  return isOne || (above !== folder && isBare(above));
}

function hasGit(folder: string): boolean {
  const above = dirname(folder);
  return existsSync(join(folder, '.git')) || (above !== folder && hasGit(above));
}

/** Why this branch cannot be landed on; null when it can. */
export async function trunkProblem(root: string, trunk: string | null): Promise<string | null> {
  if (trunk === null)
    return `${root} has a detached HEAD. Check out the branch to land on, or name it as “trunk” in .belfry/team.yaml.`;
  // By its full name: what only leads to a commit, such as `main~1`, can be tested and not landed on.
  const found = await simpleGit({ baseDir: root })
    .raw('show-ref', '--verify', '--', `refs/heads/${trunk}`)
    .catch(() => '');
  return found.trim() === ''
    ? `${root} has no branch “${trunk}” to land on. Create it, or change “trunk” in .belfry/team.yaml.`
    : null;
}
