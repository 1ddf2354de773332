import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRepository, trunkProblem } from '../../../src/adapters/git/open-repository.ts';
import { commitIn, gitIn, picture, temporaryTeam, writeScript } from './temporary-team.ts';

let root: string;
const path = process.env['PATH'];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(root, { recursive: true, force: true });
});

function init(name: string, ...args: readonly string[]): string {
  const folder = join(root, name);
  mkdirSync(folder);
  gitIn(folder, 'init', '--quiet', '--initial-branch=main', ...args);
  return folder;
}

/** It is refused with these words, and nothing on the disk is different. */
async function expectRefused(folder: string, words: RegExp): Promise<void> {
  const before = picture(root);
  const opened = await openRepository(folder);
  expect(opened).toEqual({ ok: false, message: expect.stringMatching(words) });
  expect(picture(root)).toEqual(before);
}

test('each thing that keeps Belfry from working is said with its remedy', async () => {
  await expectRefused(join(root, 'nothing'), /there is no folder .*nothing/);
  await expectRefused(root, /is no git repository\. “git init” makes one/);
  await expectRefused(init('empty'), /has no commit yet\. Commit something first/);
  await expectRefused(init('bare', '--bare'), /is a bare repository\. Clone it/);
});

test('a repository that git does not work in is not taken for none', async () => {
  const broken = init('broken');
  rmSync(join(broken, '.git', 'HEAD'));
  await expectRefused(broken, /finds no repository in .*broken, though there is a “\.git”: fatal/);
  const theirs = init('theirs');
  writeScript(
    join(root, 'bin', 'git'),
    `PATH='${path}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"`,
  );
  process.env['PATH'] = [join(root, 'bin'), path].join(delimiter);
  await expectRefused(theirs, /belongs to another user.*“git config .*safe\.directory .*theirs/);
});

test.each([
  ['git version 2.37.1', /git 2\.37 is too old: Belfry needs 2\.38 or newer/],
  ['git version 1.8.3.1', /git 1\.8 is too old/],
])('“%s” is refused', async (version, words) => {
  writeScript(join(root, 'bin', 'git'), `echo ${version}`);
  process.env['PATH'] = [join(root, 'bin'), path].join(delimiter);
  await expectRefused(init('x'.concat(version.slice(-1))), words);
});

test('no git at all is said', async () => {
  process.env['PATH'] = join(root, 'empty');
  await expectRefused(root, /git is not installed, or not on the PATH/);
});

test('a detached HEAD needs a trunk by name, and a trunk needs its branch', async () => {
  const folder = init('detached');
  commitIn(folder, { a: 'a' });
  gitIn(folder, 'checkout', '--quiet', '--detach');
  expect(await openRepository(folder)).toEqual({ ok: true, root: folder, branch: null });
  expect(await trunkProblem(folder, null)).toMatch(/detached HEAD\. Check out .* “trunk” in/);
  expect(await trunkProblem(folder, 'main')).toBeNull();
  for (const name of ['mian', 'main~0', 'main^{commit}', '-x', 'main\ndelete refs/heads/main'])
    expect(await trunkProblem(folder, name)).toContain(`no branch “${name}” to land on`);
});

test('a folder inside the checkout, a space and letters of any script lead to the root', async () => {
  const folder = init('größe 日本 $x');
  commitIn(folder, { 'sub/a': 'a' });
  expect(await openRepository(join(folder, 'sub'))).toEqual({
    ...{ ok: true, root: folder, branch: 'main' },
  });
});

/** Kinds of repositories that are unusual and must work, from the first branch to the person's checkout. */
const kinds: Readonly<Record<string, Parameters<typeof temporaryTeam>[0]>> = {
  'a path with spaces and letters of any script': { name: 'größe 日本 $x’s' },
  'a repository with SHA-256 ids': { init: ['--object-format=sha256'] },
  'a linked worktree': {
    before: repository => {
      gitIn(repository, 'checkout', '--quiet', '-b', 'elsewhere');
      gitIn(repository, 'worktree', 'add', '--quiet', `${repository}-linked`, 'main');
      return `${repository}-linked`;
    },
  },
  'a submodule': {
    before: repository => {
      const outer = join(repository, '..', 'outer');
      mkdirSync(outer);
      gitIn(outer, 'init', '--quiet', '--initial-branch=main');
      gitIn(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', repository, 'in');
      return join(outer, 'in');
    },
  },
  'a repository that holds a submodule': {
    before: repository => {
      const inner = join(repository, '..', 'inner');
      mkdirSync(inner);
      gitIn(inner, 'init', '--quiet', '--initial-branch=main');
      commitIn(inner, { x: 'x' });
      gitIn(repository, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner, 'in');
      commitIn(repository, {});
      return undefined;
    },
  },
  'a shallow clone': {
    before: repository => {
      commitIn(repository, { 'x.txt': 'x' });
      const clone = `${repository}-shallow`;
      gitIn(repository, 'clone', '--quiet', '--depth=1', `file://${repository}`, clone);
      return clone;
    },
  },
  'a dirty checkout with a detached HEAD': {
    before: repository => {
      gitIn(repository, 'checkout', '--quiet', '--detach');
      return undefined;
    },
  },
};

test.each(Object.entries(kinds))('%s works', async (_name, start) => {
  const team = await temporaryTeam(start);
  try {
    const { trunk, git, repository } = team;
    expect(await openRepository(repository)).toMatchObject({ ok: true, root: repository });
    const commits = () => Number(git('rev-list', '--count', 'main'));
    const before = commits();
    await team.work({ 'a.txt': 'landed\n' });
    await team.land();
    team.write({ 'b.txt': 'my edit\n' });
    expect(await trunk.followCheckout()).toEqual({ behind: 0, why: null });
    expect(commits()).toBe(before + 2);
    expect(git('status', '--porcelain').trim()).toBe('M b.txt');
    expect(await team.worktrees.saveWork('eng-1' as never, 'x')).toBeNull();
  } finally {
    team.remove();
  }
});
