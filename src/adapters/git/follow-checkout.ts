import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckoutStanding } from '../../ports/trunk.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit, runGit } from './git.ts';
import { fetchArgs, trunkRef } from './prepare-repositories.ts';

type Given = {
  readonly repository: string;
  readonly state: StateFolder;
  readonly trunkName: string;
};

/** In the person's repository: the trunk as Belfry knows it, whether their branch could follow or not. */
export const publishedRef = 'refs/belfry/trunk';

/**
 * Brings the person's branch to the trunk by a fast-forward, files included where it is checked out. What
 * they have not committed is never touched: where it is in the way, nothing moves and the answer says why.
 */
export async function followCheckout(given: Given): Promise<CheckoutStanding> {
  const { repository, state, trunkName } = given;
  const trunk = await mustGit(['rev-parse', '--verify', trunkRef], { gitDir: state.hub });
  const branch = `refs/heads/${trunkName}`;
  const inRepository = { cwd: repository };
  const ask = (...args: string[]) => runGit(args, inRepository);
  const published = (await ask('rev-parse', '--verify', '--quiet', publishedRef)).stdout.trim();
  if (published !== trunk)
    await mustGit([...fetchArgs, state.hub, `+${trunkRef}:${publishedRef}`], inRepository);
  const current = await ask('rev-parse', '--verify', '--quiet', `${branch}^{commit}`);
  const person = current.stdout.trim();
  if (current.code !== 0)
    return {
      behind: 0,
      why: `there is no branch ${trunkName} any more; “git branch ${trunkName} ${publishedRef}” brings it back`,
    };
  if (person === trunk) return { behind: 0, why: null };
  const behind = Number(await mustGit(['rev-list', '--count', trunk, `^${person}`], inRepository));
  if (behind === 0) return { behind, why: null };
  const isOnTheWay = (await ask('merge-base', '--is-ancestor', person, trunk)).code === 0;
  if (!isOnTheWay)
    return {
      behind,
      why: `it has commits that the trunk lacks; “git merge ${publishedRef}” joins the two`,
    };
  const move: Move = { given, branch, person, trunk };
  const why = await follow(move);
  return why === null ? { behind: 0, why: null } : { behind, why };
}

type Move = {
  readonly given: Given;
  readonly branch: string;
  readonly person: string;
  readonly trunk: string;
};

/** Null when the branch is at the trunk, else the reason in words. */
async function follow(move: Move): Promise<string | null> {
  const { given, branch, person, trunk } = move;
  const { repository } = given;
  const checkouts = await checkoutsOf(repository);
  for (const { path, gitDir } of checkouts)
    if (isUnderWay(gitDir, branch)) return `a rebase or bisect of it is under way in ${path}`;
  const holders = checkouts.filter(one => one.branch === branch);
  for (const { gitDir } of holders) {
    const unfinished = unfinishedIn(gitDir);
    if (unfinished !== null) return `a ${unfinished} is under way in your checkout`;
  }
  for (const { path } of holders) {
    const why = await moveFiles(move, path);
    if (why !== null) return why;
  }
  const args = ['update-ref', '-m', 'belfry: follow the trunk', branch, trunk, person];
  const { code } = await runGit(args, { cwd: repository });
  return code === 0 ? null : 'it moved at the same moment; it follows with the next landing';
}

type Checkout = { readonly path: string; readonly branch: string | null; readonly gitDir: string };

async function checkoutsOf(repository: string): Promise<readonly Checkout[]> {
  const text = await mustGit(['worktree', 'list', '--porcelain', '-z'], { cwd: repository });
  const found: Checkout[] = [];
  for (const block of text.split('\0\0')) {
    const lines = block.split('\0');
    const path = lines.find(line => line.startsWith('worktree '))?.slice(9);
    if (path === undefined || lines.includes('bare') || !existsSync(path)) continue;
    const branch = lines.find(line => line.startsWith('branch '))?.slice(7) ?? null;
    const gitDir = await runGit(['rev-parse', '--absolute-git-dir'], { cwd: path });
    if (gitDir.code === 0) found.push({ path, branch, gitDir: gitDir.stdout.trim() });
  }
  return found;
}

/** While a branch is rebased or bisected its checkout stands elsewhere, and git takes it up again at the end. */
function isUnderWay(gitDir: string, branch: string): boolean {
  const files = ['rebase-merge/head-name', 'rebase-apply/head-name', 'BISECT_START'];
  return files.some(file => {
    try {
      const text = readFileSync(join(gitDir, file), 'utf8').trim();
      return text === branch || `refs/heads/${text}` === branch;
    } catch {
      return false;
    }
  });
}

const unfinishedMarks: readonly (readonly [string, string])[] = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
];

const unfinishedIn = (gitDir: string): string | null =>
  unfinishedMarks.find(([file]) => existsSync(join(gitDir, file)))?.[1] ?? null;

/**
 * The two-tree merge of git-read-tree(1) on the person's index and files: it refuses as a whole when a
 * file that changes has edits or is in the way. The hub's configuration is used, so no filter, monitor or
 * hook that stands in the person's repository is run; where filters shape the files, theirs must do it.
 */
async function moveFiles(move: Move, path: string): Promise<string | null> {
  const { given, person, trunk } = move;
  const shaped = await shapedBy(path, person, trunk);
  if (shaped !== null) return `${shaped}; “git merge --ff-only ${publishedRef}” brings it up`;
  const index = await mustGit(['rev-parse', '--git-path', 'index'], { cwd: path });
  const indexFile = index.startsWith('/') ? index : join(path, index);
  const through = { gitDir: given.state.hub, workTree: path, cwd: path, indexFile };
  // Equal files with other times would pass for edits.
  await runGit(['update-index', '-q', '--refresh'], through);
  const readTree = (...flags: string[]) =>
    runGit(['read-tree', '-m', '-u', ...flags, person, trunk], through);
  const trial = await readTree('--dry-run');
  const answer = trial.code === 0 ? await readTree() : trial;
  return answer.code === 0 ? null : reasonOf(answer.stderr);
}

function reasonOf(stderr: string): string {
  const file = /'([^']+)'/.exec(stderr)?.[1];
  if (file === undefined) return `git says: ${stderr.trim().split('\n')[0]}`;
  return /untracked/i.test(stderr)
    ? `${file} is in the way: it is not committed`
    : `${file} has your edits`;
}

/** What would make files in this checkout differ from what git holds, in words; null when nothing does. */
async function shapedBy(path: string, from: string, to: string): Promise<string | null> {
  const options = { cwd: path, env: personal() };
  for (const [key, harmless] of [
    ['core.autocrlf', 'false'],
    ['core.sparseCheckout', 'false'],
  ] as const) {
    const { stdout } = await runGit(['config', '--get', key], options);
    const value = stdout.trim();
    if (value !== '' && value !== harmless) return `your checkout uses ${key}`;
  }
  const names = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to];
  const changed = await mustGit(names, { cwd: path });
  if (changed === '') return null;
  const attributes = ['filter', 'ident', 'working-tree-encoding'];
  const text = await mustGit(['check-attr', '-z', '--stdin', ...attributes], {
    ...options,
    input: changed,
  });
  const parts = text.split('\0');
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [file, attribute, value = ''] = parts.slice(at, at + 3);
    if (value !== 'unspecified' && value !== 'unset')
      return `${file} has the attribute ${attribute}`;
  }
  return null;
}

/** Reading a value runs nothing, so here the person's own configuration is asked. */
function personal(): Record<string, string> {
  const config = process.env['GIT_CONFIG_GLOBAL'];
  const home = process.env['XDG_CONFIG_HOME'];
  return {
    GIT_CONFIG_NOSYSTEM: '0',
    GIT_CONFIG_GLOBAL: config ?? join(process.env['HOME'] ?? '/', '.gitconfig'),
    ...(home === undefined ? {} : { XDG_CONFIG_HOME: home }),
  };
}
