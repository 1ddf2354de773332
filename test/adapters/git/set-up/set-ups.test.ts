import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUpWorktree } from '../../../../src/adapters/git/set-up/set-up-worktree.ts';
import { createWorktrees } from '../../../../src/adapters/git/worktrees.ts';
import { eng1, eng2, type TemporaryTeam, temporaryTeam, writeFiles } from '../temporary-team.ts';

let team: TemporaryTeam;
let begun: string[];
beforeEach(async () => {
  team = await temporaryTeam();
  begun = [];
});
afterEach(() => team.remove());

/** Worktrees whose set-up runs until it is ended. */
const endless = () =>
  createWorktrees({
    state: team.state,
    setUp: (worktree, signal) =>
      new Promise(resolve => {
        begun.push(worktree);
        writeFiles(worktree, { 'half.txt': 'h' });
        signal.addEventListener('abort', () => resolve());
      }),
  });

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(resolve => setImmediate(resolve));
}

test('a set-up is ended with all others, and none begins afterwards', async () => {
  const worktrees = endless();
  const made = worktrees.ensure(eng1);
  await until(() => begun.length === 1);
  await Promise.all([worktrees.endSetUps(), expect(made).rejects.toThrow('Belfry is ending')]);
  await expect(worktrees.ensure(eng2)).rejects.toThrow('Belfry is ending');
  expect(begun).toEqual([worktrees.pathOf(eng1)]);
});

test('what was cut short, by a kill as well, is made again at the next start, and then is ready', async () => {
  void endless().ensure(eng1);
  await until(() => begun.length === 1);
  const { worktrees, setUps } = team;
  const path = await worktrees.ensure(eng1);
  expect(await worktrees.ensure(eng1)).toBe(path);
  expect(setUps).toEqual([path]);
  expect((await worktrees.status(eng1)).uncommitted).toEqual([]);
});

test('nothing of the command is left when its end has been waited for', async () => {
  const { state, repository } = team;
  const lines: string[] = [];
  const worktrees = createWorktrees({
    state,
    setUp: (worktree, signal) =>
      setUpWorktree(worktree, {
        ...{ repository, state, signal, env: { PATH: process.env['PATH'] ?? '' } },
        setup: { copy: [], command: 'echo begun; sleep 60.125', timeoutMs: 60_000 },
        log: { write: text => void lines.push(text) },
      }),
  });
  const made = worktrees.ensure(eng1);
  await until(() => lines.some(line => line.endsWith('begun')));
  await Promise.all([worktrees.endSetUps(), expect(made).rejects.toThrow('Belfry is ending')]);
  expect(lines.at(-1)).toContain('aborted');
});
