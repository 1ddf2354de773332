import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentId, Oid } from '../../core/ids.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit, runGit } from './git.ts';
import { inWorktree } from './in-worktree.ts';

/** Older snapshots of an agent are let go. */
const snapshotsMax = 20;

/**
 * Everything in a worktree, untracked files included, as a commit on a private ref. The agent's own index
 * and files stay as they are, also in the middle of a merge. Null when there is nothing to save.
 */
export async function saveWork(
  state: StateFolder,
  worktree: string,
  agent: AgentId,
  label: string,
): Promise<{ readonly ref: string; readonly commit: Oid } | null> {
  const gitDir = state.teamView;
  const indexFile = join(state.indexes, agent);
  await rm(indexFile, { force: true });
  const head = await mustGit(
    ['rev-parse', '--verify', 'HEAD^{commit}'],
    inWorktree(state, worktree),
  );
  const through = inWorktree(state, worktree, indexFile);
  await mustGit(['read-tree', head], through);
  await mustGit(['add', '--all', '.'], through);
  const tree = await mustGit(['write-tree'], through);
  if (tree === (await mustGit(['rev-parse', `${head}^{tree}`], { gitDir }))) return null;
  const existing = await refsOf(state, agent);
  const newest = existing.at(-1);
  if (newest !== undefined) {
    const same = await mustGit(['rev-parse', `${newest}^{tree}`, `${newest}^`], { gitDir });
    if (same === `${tree}\n${head}`)
      return { ref: newest, commit: (await mustGit(['rev-parse', newest], { gitDir })) as Oid };
  }
  const task = /^(T-\d+)/.exec(label)?.[1];
  const message = task === undefined ? label : `${label}\n\nBelfry-Task: ${task}`;
  const identity = {
    GIT_AUTHOR_NAME: agent,
    GIT_AUTHOR_EMAIL: 'belfry@belfry.invalid',
    GIT_COMMITTER_NAME: 'Belfry',
    GIT_COMMITTER_EMAIL: 'belfry@belfry.invalid',
  };
  const commit = await mustGit(['commit-tree', tree, '-p', head, '-m', message], {
    gitDir,
    env: identity,
  });
  const number = Number(newest?.split('/').at(-1) ?? 0) + 1;
  const ref = `${prefixOf(agent)}${String(number).padStart(6, '0')}`;
  await mustGit(['update-ref', ref, commit], { gitDir });
  for (const old of existing.slice(0, Math.max(0, existing.length + 1 - snapshotsMax)))
    await runGit(['update-ref', '-d', old], { gitDir });
  return { ref, commit: commit as Oid };
}

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
