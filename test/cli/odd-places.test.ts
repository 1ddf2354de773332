// Where a repository or the state is kept in a place that is none, or has an odd name.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { borrowObjects } from '../../src/adapters/git/history/borrow-objects.ts';
import { createRepositoryFacts } from '../../src/adapters/git/history/repository-facts.ts';
import { openState } from '../../src/cli/open-state.ts';
import { runInitCommand } from '../../src/cli/team-file/init-command.ts';
import { UserError } from '../../src/cli/user-error.ts';
import { commitIn, gitIn } from '../adapters/git/temporary-team.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-odd-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

function repositoryIn(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  commitIn(folder, { 'a.txt': 'a\n' });
  return folder;
}

test('a state folder that cannot be made is told with what helps', async () => {
  const folder = repositoryIn('project');
  writeFileSync(join(root, 'file'), '');
  const io = recordedIo(folder, { HOME: root, XDG_STATE_HOME: join(root, 'file', 'state') });
  const error = await openState(folder, io).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(
    /cannot keep what it knows in .*file.state.belfry.project-.*: ENOTDIR.*name another one as XDG_STATE_HOME\.$/,
  );
});

test('inside of git’s own folder, the way out is told', async () => {
  const folder = join(repositoryIn('project'), '.git', 'refs');
  await expect(openState(folder, recordedIo(folder, { HOME: root }))).rejects.toThrow(
    /refs is inside of git’s own folder\. Go to the checkout that it belongs to\.$/,
  );
});

test('a folder’s name reaches no terminal as it is', async () => {
  const folder = repositoryIn('a\n\x1b[31mred');
  const io = recordedIo(folder, { HOME: root, XDG_STATE_HOME: join(root, 'state') });
  expect(await runInitCommand([], io)).toBe(0);
  expect(io.out.join('')).not.toContain('\x1b');
  expect(io.out.join('').split('\n')[0]).toMatch(/^Wrote .*team\.yaml\.$/);
});

test('the history of a shallow clone can be read as far as it goes', async () => {
  const folder = repositoryIn('project');
  commitIn(folder, { 'a.txt': 'b\n' });
  gitIn(root, 'clone', '--quiet', '--depth=1', `file://${folder}`, 'shallow');
  const borrowed = await borrowObjects(join(root, 'shallow'), 'main');
  const { files } = await createRepositoryFacts({
    gitDir: borrowed.gitDir,
    revision: borrowed.commit,
  }).read(['a.txt']);
  await borrowed.remove();
  expect(files.map(({ path }) => path)).toEqual(['a.txt']);
});
