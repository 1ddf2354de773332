import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentId, isTaskId, type Oid } from '../../core/ids.ts';
import type { LeftFile } from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { type GitOptions, mustGit, runGit } from './git.ts';
import { inWorktree, isFolder } from './in-worktree.ts';
import { sizeUp } from './saved/left-out.ts';

type Snapshot = { readonly ref: string; readonly commit: Oid };

/** Older snapshots of an agent are let go. */
const snapshotsMax = 20;

/**
 * Everything in a worktree, untracked files included, as a commit on a private ref. The agent's own index
 * and files stay as they are, also in the middle of a merge. `saved`: null when there is nothing to save;
 * `tooLarge`: what is not in it, the largest first.
 */
export async function saveWork(
  state: StateFolder,
  worktree: string,
  agent: AgentId,
  label: string,
): Promise<{ readonly saved: Snapshot | null; readonly tooLarge: readonly LeftFile[] }> {
  // Behind a link all that somebody has on the disk would be saved.
  if (!isFolder(worktree)) return { saved: null, tooLarge: [] };
  const inTree = inWorktree(state, worktree);
  const head = await mustGit(['rev-parse', '--verify', 'HEAD^{commit}'], inTree);
  const { tree, tooLarge } = await treeOf(state, worktree, agent, head);
  const message = await messageOf(label, inTree);
  return { saved: await snapshotOf(state, agent, { head, tree, message }), tooLarge };
}

async function snapshotOf(
  state: StateFolder,
  agent: AgentId,
  {
    head,
    tree,
    message,
  }: { readonly head: string; readonly tree: string; readonly message: string },
): Promise<Snapshot | null> {
  const gitDir = state.teamView;
  const isClean = tree === (await mustGit(['rev-parse', `${head}^{tree}`], { gitDir }));
  const existing = await refsOf(state, agent);
  const newest = existing.at(-1);
  if (newest !== undefined) {
    const its = await mustGit(['rev-parse', newest, `${newest}^{tree}`, `${newest}^`], { gitDir });
    const [commit = '', ...content] = its.split('\n');
    const isSame = content.join() === [tree, head].join();
    if (isSame && !isClean) return { ref: newest, commit: commit as Oid };
    // What was thrown away since must not come back: a clean snapshot stands before the older one.
    if (isClean && (isSame || content[1] !== head)) return null;
  } else if (isClean) return null;
  const commit = await mustGit(['commit-tree', tree, '-p', head, '-F', '-'], {
    gitDir,
    input: message,
    env: identityOf(agent),
  });
  const number = Number(newest?.split('/').at(-1) ?? 0) + 1;
  const ref = `${prefixOf(agent)}${String(number).padStart(6, '0')}`;
  await mustGit(['update-ref', ref, commit], { gitDir });
  for (const old of existing.slice(0, Math.max(0, existing.length + 1 - snapshotsMax)))
    await runGit(['update-ref', '-d', old], { gitDir });
  return isClean ? null : { ref, commit: commit as Oid };
}

/**
 * Through an index of our own. Files one by one, since `git add --all` refuses everything when a single folder is
 * a repository without commits; a repository inside the worktree is its own keeper and left out.
 */
async function treeOf(
  state: StateFolder,
  worktree: string,
  agent: AgentId,
  head: string,
): Promise<{ readonly tree: string; readonly tooLarge: readonly LeftFile[] }> {
  const indexFile = join(state.indexes, agent);
  await rm(indexFile, { force: true });
  await rm(`${indexFile}.lock`, { force: true });
  const through = inWorktree(state, worktree, indexFile);
  await mustGit(['read-tree', head], through);
  const asked = ['ls-files', '-z', '--modified', '--others', '--exclude-standard'];
  const text = await mustGit(asked, through);
  const paths = text.split('\0').filter(path => path !== '' && !path.endsWith('/'));
  const { fitting, tooLarge } = await sizeUp(worktree, paths);
  await mustGit(['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], {
    ...through,
    input: fitting.map(path => `${path}\0`).join(''),
  });
  return { tree: await mustGit(['write-tree'], through), tooLarge };
}

/** The task whose branch is checked out is told, so that its work in progress is found again. */
async function messageOf(label: string, inTree: GitOptions): Promise<string> {
  const { stdout } = await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], inTree);
  const task = stdout.trim().replace('belfry/', '').toUpperCase();
  return isTaskId(task) ? `${label}\n\nBelfry-Task: ${task}` : label;
}

const identityOf = (agent: AgentId) => ({
  GIT_AUTHOR_NAME: agent,
  GIT_AUTHOR_EMAIL: 'belfry@belfry.invalid',
  GIT_COMMITTER_NAME: 'Belfry',
  GIT_COMMITTER_EMAIL: 'belfry@belfry.invalid',
});

const prefixOf = (agent: AgentId) => `refs/belfry/wip/${agent}/`;

async function refsOf(state: StateFolder, agent: AgentId): Promise<readonly string[]> {
  const text = await mustGit(['for-each-ref', '--format=%(refname)', prefixOf(agent)], {
    gitDir: state.teamView,
  });
  return text === '' ? [] : text.split('\n');
}

/** The newest snapshot of a task's work whose base is the branch's tip: what was typed and never committed. */
export async function unsavedWorkOf(
  state: StateFolder,
  task: string,
  tip: string,
): Promise<Oid | null> {
  const text = await mustGit(
    [
      'for-each-ref',
      // Of two within one second the higher number is the newer one.
      '--sort=-refname',
      '--sort=-committerdate',
      '--format=%(objectname) %(contents:trailers:key=Belfry-Task,valueonly,separator=%2C)',
      'refs/belfry/wip/',
    ],
    { gitDir: state.teamView },
  );
  const newest = text
    .split('\n')
    .map(line => line.trim().split(' '))
    .find(([, of]) => of === task)?.[0];
  if (newest === undefined) return null;
  const base = await mustGit(['rev-parse', `${newest}^`], { gitDir: state.teamView });
  return base === tip ? (newest as Oid) : null;
}
