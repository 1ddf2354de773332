import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { gitIn, picture, type TemporaryTeam, temporaryTeam } from '../temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

const landed = { 'a.txt': 'landed\n', 'new.txt': 'new\n', 'b.txt': null };

/** A team whose trunk is ahead of the person's branch by one landing. */
async function behind(files: Parameters<TemporaryTeam['work']>[0] = landed) {
  team = await temporaryTeam({
    files: { 'a.txt': 'a\n', 'b.txt': 'b\n', 'mine.txt': 'm\n', '.gitignore': '*.log\n' },
  });
  await team.work(files);
  await team.land();
  return team;
}

/** Nothing moved: neither files, nor index, nor branch; and the answer says why. */
async function expectUntouched(reason: RegExp, folder = team.repository) {
  const { git, trunk, base } = team;
  const before = [picture(folder), gitIn(folder, 'status', '--porcelain')];
  const tip = git('rev-parse', 'main');
  const standing = await trunk.followCheckout();
  expect(standing.why).toMatch(reason);
  expect(standing.behind).toBeGreaterThan(0);
  expect([picture(folder), gitIn(folder, 'status', '--porcelain')]).toEqual(before);
  expect(git('rev-parse', 'main')).toBe(tip);
  expect(git('rev-parse', 'refs/belfry/trunk')).toBe(await trunk.head());
  expect(base).not.toBe(await trunk.head());
}

async function expectFollowed(status = '') {
  const { git, trunk } = team;
  expect(await trunk.followCheckout()).toEqual({ behind: 0, why: null });
  expect(git('rev-parse', 'main')).toBe(await trunk.head());
  expect(git('status', '--porcelain')).toBe(status);
}

test('a clean checkout gets all of it, and a second call has nothing to do', async () => {
  const { read, git } = await behind();
  await expectFollowed();
  expect([read('a.txt'), read('b.txt'), read('new.txt')]).toEqual(['landed\n', null, 'new\n']);
  await expectFollowed();
  expect(git('reflog', '-1', '--format=%gs', 'main')).toBe('belfry: follow the trunk');
});

test('files that were written again as they are are no edits', async () => {
  const { repository } = await behind();
  utimesSync(join(repository, 'a.txt'), new Date(0), new Date(0));
  await expectFollowed();
});

test('where git fails half way, the branch is let go', async () => {
  const { state, commit, trunk } = await behind();
  writeFileSync(join(state.hub, 'refs/belfry/following.lock'), '');
  expect((await trunk.followCheckout()).why).toMatch(/following/);
  commit({ 'mine.txt': 'the person goes on\n' });
});

test('edits, staged and untracked files that are elsewhere stay as they are', async () => {
  const { write, git, repository } = await behind();
  write({ 'mine.txt': 'edited\n', 'staged.txt': 's\n', 'untracked.txt': 'u\n', 'x.log': 'l\n' });
  git('add', 'staged.txt');
  const mine = picture(repository);
  await expectFollowed('M mine.txt\nA  staged.txt\n?? untracked.txt');
  const now = picture(repository);
  for (const path of ['mine.txt', 'staged.txt', 'untracked.txt', 'x.log'])
    expect(now[path]).toBe(mine[path]);
});

test('line ends that are only converted on the way into git hold nothing up', async () => {
  const { read, git, write } = await behind({ 'a.txt': 'unix\n', 'new.txt': 'dos\r\n' });
  git('config', 'core.autocrlf', 'input');
  write({ 'mine.txt': 'm\r\n' });
  await expectFollowed(git('status', '--porcelain').trim());
  expect([read('a.txt'), read('new.txt')]).toEqual(['unix\n', 'dos\r\n']);
  expect(read('mine.txt')).toBe('m\r\n');
});

test('a file whose line ends alone are the person’s is an edit to whoever would overwrite it', async () => {
  const { git, write } = await behind();
  git('config', 'core.autocrlf', 'input');
  write({ 'a.txt': 'a\r\n' });
  await expectUntouched(/^a\.txt has your edits/);
});

test.each<[string, (to: TemporaryTeam) => void, RegExp]>([
  ['an edit', ({ write }) => write({ 'a.txt': 'mine\n' }), /^a\.txt has your edits/],
  [
    'a staged edit',
    ({ write, git }) => {
      write({ 'a.txt': 'mine\n' });
      git('add', 'a.txt');
    },
    /^a\.txt has your edits/,
  ],
  [
    'an edit that is hidden from git status',
    ({ write, git }) => {
      git('update-index', '--assume-unchanged', 'a.txt');
      write({ 'a.txt': 'mine\n' });
    },
    /^a\.txt has your edits/,
  ],
  ['an edit of a file that goes', ({ write }) => write({ 'b.txt': 'mine\n' }), /^b\.txt has/],
  ['an untracked file', ({ write }) => write({ 'new.txt': 'mine\n' }), /^new\.txt is in the way/],
  [
    'a folder of untracked files',
    ({ write }) => write({ 'new.txt/inside': 'mine\n' }),
    /^new\.txt.* is in the way/,
  ],
  [
    'a merge under way',
    ({ repository, base }) => writeFileSync(join(repository, '.git/MERGE_HEAD'), `${base}\n`),
    /a merge is under way/,
  ],
  [
    'a rebase under way',
    ({ repository, git }) => {
      git('checkout', '--quiet', '--detach');
      mkdirSync(join(repository, '.git/rebase-merge'));
      writeFileSync(join(repository, '.git/rebase-merge/head-name'), 'refs/heads/main\n');
    },
    /a rebase or bisect of it is under way/,
  ],
  ['a bisect', ({ git }) => git('bisect', 'start'), /a rebase or bisect/],
  [
    'another git at work',
    ({ repository }) => writeFileSync(join(repository, '.git/index.lock'), ''),
    /^another git is at work there, or .*pgrep -fl git.*, delete \/.*\/\.git\/index\.lock; it follows/,
  ],
  [
    'a branch that somebody holds',
    ({ repository }) => writeFileSync(join(repository, '.git/refs/heads/main.lock'), ''),
    /^another git is at work there, or .*, delete \/.*\/\.git\/refs\/heads\/main\.lock; it follows/,
  ],
  ['converted line ends', ({ git }) => git('config', 'core.autocrlf', 'true'), /core\.autocrlf/],
  ['a sparse checkout', ({ git }) => git('sparse-checkout', 'set', 'x'), /core\.sparsecheckout/],
  ['a split index', ({ git }) => git('update-index', '--split-index'), /split index/],
  [
    'a filter',
    ({ repository }) => writeFileSync(join(repository, '.git/info/attributes'), '*.txt filter=x'),
    /\.txt has the attribute filter; “git merge --ff-only/,
  ],
])('%s in the way keeps everything as it is', async (_name, arrange, reason) => {
  arrange(await behind());
  await expectUntouched(reason);
});

test.each([
  ['file', 'x.log', 'x.log'],
  ['file where a folder is to come', 'x.log/inside', 'x.log'],
  ['folder where a file is to come', 'x.log', 'x.log/inside'],
])('an ignored %s is not overwritten', async (_name, theirs, mine) => {
  const { write } = await behind({ [theirs]: 'theirs\n', '.gitignore': '' });
  write({ [mine]: 'precious\n' });
  await expectUntouched(/x\.log is in the way/);
});

test('attributes that arrive with the files are left to the person’s git', async () => {
  await behind({ '.gitattributes': '*.txt filter=lfs\n', 'c.txt': 'c\n' });
  await expectUntouched(/^\.gitattributes changes; “git merge --ff-only/);
});

test('a branch that went its own way is told how to join', async () => {
  const { commit, trunk } = await behind();
  const mine = commit({ 'mine.txt': 'other way\n' });
  await expectUntouched(/git merge refs\/belfry\/trunk/);
  expect(await trunk.head()).not.toBe(mine);
  team.git('merge', '--quiet', '--no-edit', 'refs/belfry/trunk');
  expect(await trunk.head()).toBe(team.git('rev-parse', 'main'));
});

test('a repository that git cannot write into is told, and follows when it can', async () => {
  const { git, repository } = await behind();
  const folder = join(repository, '.git/refs/belfry');
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'trunk.lock');
  writeFileSync(lock, '');
  const tip = git('rev-parse', 'main');
  const standing = await team.trunk.followCheckout();
  expect(standing.behind).toBeGreaterThan(0);
  expect(standing.why).toMatch(/^git cannot write into your repository \(.*lock.*next landing$/);
  expect(git('rev-parse', 'main')).toBe(tip);
  rmSync(lock);
  await expectFollowed();
});

test('a branch that is gone is told how to bring it back', async () => {
  const { git, trunk } = await behind();
  git('checkout', '--quiet', '-b', 'elsewhere');
  git('branch', '--quiet', '-D', 'main');
  expect((await trunk.followCheckout()).why).toContain('“git branch main refs/belfry/trunk”');
});

test.each([
  ['another branch', ['checkout', '-b', 'elsewhere']],
  ['detached', ['checkout', '--detach']],
])(
  'a checkout on %s is not touched while the branch moves',
  async (_name, [command = '', ...args]) => {
    const { git, repository, trunk } = await behind();
    git(command, '--quiet', ...args);
    const before = picture(repository);
    await expectFollowed();
    expect(picture(repository)).toEqual(before);
    expect(git('rev-parse', 'main')).toBe(await trunk.head());
  },
);

test('a linked worktree that holds the branch is the one that follows', async () => {
  const { git, repository, root, trunk } = await behind();
  git('checkout', '--quiet', '-b', 'elsewhere');
  const linked = join(root, 'linked');
  git('worktree', 'add', '--quiet', linked, 'main');
  const before = picture(repository);
  await expectFollowed();
  expect(picture(repository)).toEqual(before);
  expect(picture(linked)['a.txt']).toContain('landed');
  expect(gitIn(linked, 'status', '--porcelain')).toBe('');
  expect(gitIn(linked, 'rev-parse', 'HEAD')).toBe(await trunk.head());
});

test('names with spaces, line breaks and letters of any script, links and modes arrive whole', async () => {
  team = await temporaryTeam();
  const { worktrees, read, repository, trunk } = team;
  const names = [
    ' a b .txt',
    'line\nbreak.txt',
    'größe/日本.txt',
    '"quoted".txt',
    '-dash',
    'tab\t.txt',
  ];
  await team.work(Object.fromEntries(names.map(name => [name, `${name}\n`])));
  const folder = worktrees.pathOf('eng-1' as never);
  writeFileSync(join(folder, 'run.sh'), 'x');
  chmodSync(join(folder, 'run.sh'), 0o755);
  gitIn(
    folder,
    'update-index',
    '--add',
    '--cacheinfo',
    `120000,${gitIn(folder, 'hash-object', '-w', 'a.txt')},link`,
  );
  gitIn(folder, 'add', 'run.sh');
  gitIn(folder, 'commit', '--quiet', '-m', 'modes');
  const answer = await trunk.build('T-1' as never, 1, {
    title: 'x',
    agent: 'eng-1',
    at: 0,
    commands: [],
  });
  expect(answer).toMatchObject({
    candidate: { files: expect.arrayContaining(names) },
  });
  await team.land();
  await expectFollowed();
  for (const name of names) expect(read(name)).toBe(`${name}\n`);
  expect(picture(repository)['run.sh']).toMatch(/^100755/);
  expect(picture(repository)['link']).toMatch(/^120/);
});

test('a crash after the files and before the branch is mended, also when the trunk went on', async () => {
  const { git, hub, repository, trunk, state, base, write } = await behind();
  const first = await trunk.head();
  write({ 'mine.txt': 'edited\n' });
  // What a kill leaves between the two: the intention, files and index at the trunk, the branch behind.
  hub('update-ref', 'refs/belfry/following', first);
  git('fetch', '--quiet', state.hub, 'belfry-trunk');
  git('read-tree', '-m', '-u', base, first);
  expect(git('rev-parse', 'main')).toBe(base);
  await team.work({ 'a.txt': 'landed again\n' });
  await team.land('T-1' as never, 2);
  await expectFollowed('M mine.txt');
  expect(picture(repository)['a.txt']).toContain('landed again');
});

test('an intention of a trunk that is not landed on any more is forgotten', async () => {
  const { git, hub, base, trunk, state } = await behind();
  git('fetch', '--quiet', state.hub, 'belfry-trunk');
  const stray = git('commit-tree', '-p', base, '-m', 'stray', `${base}^{tree}`);
  git('branch', 'stray', stray);
  hub('fetch', '--quiet', team.repository, 'stray');
  hub('update-ref', 'refs/belfry/following', stray);
  await expectFollowed();
  expect(git('merge-base', 'stray', await trunk.head())).toBe(base);
});
