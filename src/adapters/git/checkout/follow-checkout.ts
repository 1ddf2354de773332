import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckoutStanding } from '../../../ports/trunk.ts';
import { GitError } from '../../../ports/worktrees.ts';
import type { StateFolder } from '../../system/state-folder.ts';
import { type GitOptions, mustGit, runGit } from '../git.ts';
import { fetchArgs, trunkRef } from '../prepare-repositories.ts';
import { refsOf } from '../refs-of.ts';
import { branchLockOf, type Checkout, checkoutsOf, isMovedLater } from './checkouts.ts';
import { takeLeftLocks } from './hold-index.ts';
import { lockWords } from './lock-words.ts';
import { type FileMove, moveFiles } from './move-files.ts';

type Given = {
  readonly repository: string;
  readonly state: StateFolder;
  readonly trunkName: string;
};

/** In the person's repository: the trunk as Belfry knows it, whether their branch could follow or not. */
const publishedRef = 'refs/belfry/trunk';
/** In the hub: where the person's files were being brought when they were touched last. */
const intendedRef = 'refs/belfry/following';
/** In the hub: where they were. While the person's branch is still there, that was not brought to its end. */
const startRef = 'refs/belfry/following-from';

/**
 * Brings the person's branch to the trunk by a fast-forward, files included where it is checked out. What
 * they have not committed is never touched: where it is in the way, nothing moves and the answer says why, as it
 * does where git itself fails: what landed and is not in their repository must not look as if it were.
 */
export async function followCheckout(given: Given): Promise<CheckoutStanding> {
  try {
    return await followed(given);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // What git calls its reason, without the call that failed.
    const reason = error.message.replace(/^git [^:]*: ((error|fatal): )?/, '');
    const why = `git cannot write into your repository (${reason}); it follows with the next landing`;
    return { behind: await missing(given), why };
  }
}

/** Commits that the person's branch lacks, as the hub sees it; 0 where it cannot tell. */
async function missing({ repository, state, trunkName }: Given): Promise<number> {
  try {
    const person = await mustGit(['rev-parse', '--verify', `refs/heads/${trunkName}`], {
      cwd: repository,
    });
    return (await distance({ gitDir: state.hub }, person, trunkRef)).behind;
  } catch {
    return 0;
  }
}

async function followed(given: Given): Promise<CheckoutStanding> {
  const { repository, state, trunkName } = given;
  const branch = `refs/heads/${trunkName}`;
  const inRepository = { cwd: repository };
  const lockedAt = takeLeftLocks(repository, state.hub);
  const [ours, theirs] = await Promise.all([
    refsOf({ gitDir: state.hub }, trunkRef, intendedRef, startRef),
    refsOf(inRepository, branch, publishedRef),
  ]);
  const trunk = ours.get(trunkRef) ?? '';
  const person = theirs.get(branch);
  const isPublished = theirs.get(publishedRef) === trunk;
  const publish = [...fetchArgs, '--', state.hub, `+${trunkRef}:${publishedRef}`];
  const [apart] = await Promise.all([
    person === undefined || person === trunk ? null : distanceInHub(state.hub, person, trunk),
    isPublished ? null : mustGit(publish, inRepository),
  ]);
  if (person === undefined)
    return {
      behind: 0,
      why: `there is no branch ${trunkName} any more; “git branch ${trunkName} ${publishedRef}” brings it back`,
    };
  if (person === trunk) return { behind: 0, why: null };
  const { ahead, behind } = apart ?? (await distance(inRepository, person, trunk));
  if (behind === 0) return { behind, why: null };
  if (ahead > 0)
    return {
      behind,
      why: `it has commits that the trunk lacks; “git merge ${publishedRef}” joins the two`,
    };
  const before = { to: ours.get(intendedRef), from: ours.get(startRef), lockedAt };
  const why = await follow({ given, branch, person, trunk, begun: null }, before);
  return why === null ? { behind: 0, why: null } : { behind, why };
}

async function distance(options: GitOptions, person: string, trunk: string) {
  const range = `${person}...${trunk}`;
  const text = await mustGit(['rev-list', '--left-right', '--count', range], options);
  const [ahead = 0, behind = 0] = text.split('\t').map(Number);
  return { ahead, behind };
}

/** Null where the hub does not know the person's commit. Mostly it does: while their repository gets the trunk, it tells. */
async function distanceInHub(hub: string, person: string, trunk: string) {
  try {
    return await distance({ gitDir: hub }, person, trunk);
  } catch {
    return null;
  }
}

type Move = {
  readonly given: Given;
  readonly branch: string;
  readonly person: string;
  readonly trunk: string;
  readonly begun: FileMove['begun'];
};

/** Where the files were being brought last, and when the lock was made that a kill left. */
type Before = {
  readonly to: string | undefined;
  readonly from: string | undefined;
  readonly lockedAt: number | null;
};

/** Null when the branch is at the trunk, else the reason in words. */
async function follow(move: Move, before: Before): Promise<string | null> {
  const { given, branch, person, trunk } = move;
  const { repository, state } = given;
  if (isMovedLater(repository, branch)) return 'a rebase or bisect of it is under way';
  const holders = (await checkoutsOf(repository)).filter(one => one.branch === branch);
  for (const holder of holders) {
    const unfinished = unfinishedIn(holder);
    if (unfinished !== null) return `a ${unfinished} is under way in your checkout`;
  }
  if (holders.length > 1) return 'it is checked out twice';
  const [holder] = holders;
  const { to } = before;
  if (holder === undefined || to === undefined || to === person) return step(move, holder);
  // A crash came when some files stood there, or all, and the branch did not yet; they look like edits.
  const begun = before.from === person ? { lockedAt: before.lockedAt } : null;
  if (to === trunk) return step({ ...move, begun }, holder);
  const hub = { gitDir: state.hub };
  const isOnTheWay =
    (await distance(hub, person, to)).ahead === 0 && (await distance(hub, to, trunk)).ahead === 0;
  if (!isOnTheWay) return step(move, holder);
  const why = await step({ ...move, begun, trunk: to }, holder);
  if (why === null) return step({ ...move, person: to }, holder);
  return (await isIntended(hub, to)) ? why : step(move, holder);
}

/** False after a move that was refused without touching a file. */
const isIntended = async (hub: GitOptions, to: string) =>
  (await refsOf(hub, intendedRef)).get(intendedRef) === to;

/** The index is held until the branch has moved, so that no commit of the person comes between the two. */
async function step(move: Move, holder: Checkout | undefined): Promise<string | null> {
  const { given, branch, person, trunk, begun } = move;
  const { repository, state } = given;
  const lock = branchLockOf(repository, branch, holder);
  if (lock !== null) return lockWords(lock);
  if (holder === undefined) return moveBranch(move);
  const hub = { gitDir: state.hub };
  const input = `update ${intendedRef} ${trunk}\nupdate ${startRef} ${person}\n`;
  const moved = await moveFiles(holder, {
    ...{ hub: state.hub, from: person, to: trunk, begun },
    byHand: `“git merge --ff-only ${publishedRef}” brings it up`,
    isIntended: mustGit(['update-ref', '--stdin'], { ...hub, input }),
  });
  if (moved.why !== null) {
    const forget = `delete ${intendedRef}\ndelete ${startRef}\n`;
    if (!moved.isBegun) await mustGit(['update-ref', '--stdin'], { ...hub, input: forget });
    return moved.why;
  }
  const why = await moveBranch(move).catch(async error => {
    await moved.undo();
    throw error;
  });
  await (why === null ? moved.keep() : moved.undo());
  return why;
}

async function moveBranch({ given, branch, person, trunk }: Move): Promise<string | null> {
  const words = ['update-ref', '-m', 'belfry: follow the trunk', branch, trunk, person];
  const { code, stderr } = await runGit(words, { cwd: given.repository });
  if (code === 0) return null;
  const lock = /'(.+\.lock)': File exists/.exec(stderr)?.[1];
  if (lock !== undefined) return lockWords(lock);
  const reason = stderr
    .trim()
    .split('\n')[0]
    ?.replace(/^(error|fatal): /, '');
  return /but expected/.test(stderr)
    ? 'it moved at the same moment; it follows with the next landing'
    : `git could not move it (${reason}); it follows with the next landing`;
}

const unfinishedMarks: readonly (readonly [string, string])[] = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
];

const unfinishedIn = ({ gitDir }: Checkout): string | null =>
  gitDir === null
    ? null
    : (unfinishedMarks.find(([file]) => existsSync(join(gitDir, file)))?.[1] ?? null);
