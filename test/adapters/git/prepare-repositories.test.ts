import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { prepareRepositories } from '../../../src/adapters/git/prepare-repositories.ts';
import { createStateFolder, stateFolderOf } from '../../../src/adapters/system/state-folder.ts';
import { commitIn, gitIn } from './temporary-team.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const temporary = (base: string): string => {
  const folder = mkdtempSync(join(base, 'belfry-'));
  folders.push(folder);
  return folder;
};

/** A disk of its own where Linux has one; elsewhere the same. */
const otherDisk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

test('the state may lie on another disk than the repository', async () => {
  const repository = temporary(tmpdir());
  gitIn(repository, 'init', '--quiet', '--initial-branch=main');
  const head = commitIn(repository, { 'a.txt': 'a\n' });
  const state = stateFolderOf(repository, { XDG_STATE_HOME: temporary(otherDisk) });
  createStateFolder(state);
  await prepareRepositories({ repository, state, wanted: null, current: 'main' });
  for (const gitDir of [state.hub, state.team, state.gateRepository])
    expect(gitIn(repository, `--git-dir=${gitDir}`, 'rev-parse', 'HEAD')).toBe(head);
});
