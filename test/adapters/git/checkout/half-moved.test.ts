import { linkSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Oid } from '../../../../src/core/ids.ts';
import { type Files, picture, type TemporaryTeam, temporaryTeam } from '../temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

const before: Files = { 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone.txt': 'g\n', 'mine.txt': 'm\n' };
const landed: Files = {
  ...{ 'a.txt': 'landed a\n', 'b.txt': 'landed b\n', 'gone.txt': null },
  ...{ 'new.txt': 'new\n', 'deep/new.txt': 'deep\n' },
};

/** A following of the last landing was begun, and everything was killed when `files` stood there. */
async function cutOff(files: Files, isLocked = true): Promise<Oid> {
  team = await temporaryTeam({ files: before });
  const { hub, repository, state, base, work, land, write } = team;
  await work(landed);
  const to = await land();
  hub('update-ref', 'refs/belfry/following', to);
  hub('update-ref', 'refs/belfry/following-from', base);
  write(files);
  const claim = join(repository, '.git/index.belfry-claim');
  writeFileSync(claim, `Belfry brings this checkout to the trunk of ${state.hub}\n`);
  if (isLocked) linkSync(claim, join(repository, '.git/index.lock'));
  utimesSync(claim, seconds(-90), seconds(-90));
  return to;
}

const seconds = (from: number) => Date.now() / 1000 + from;
const writtenThen = (path: string, from: number) =>
  utimesSync(join(team.repository, path), seconds(from), seconds(from));

async function expectFinished(status = '') {
  const { git, trunk, read } = team;
  expect(await trunk.followCheckout()).toEqual({ behind: 0, why: null });
  expect(git('status', '--porcelain')).toBe(status);
  expect(git('rev-parse', 'main')).toBe(await trunk.head());
  for (const [path, text] of Object.entries(landed)) expect(read(path)).toBe(text);
  const left = Object.keys(picture(join(team.repository, '.git'))).filter(path =>
    /lock|belfry-|index\.belfry/.test(path),
  );
  expect(left).toEqual([]);
}

const half: Files = { 'a.txt': 'landed a\n', 'gone.txt': null, 'deep/new.txt': 'deep\n' };

test('a following that a kill cut off is finished, and its lock is taken away', async () => {
  await cutOff(half);
  team.write({ 'mine.txt': 'edited\n', 'other.txt': 'o\n' });
  await expectFinished('M mine.txt\n?? other.txt');
});

test('also when the person took the lock away, and the trunk went on', async () => {
  await cutOff({ ...half, 'b.txt': null }, false);
  await team.work({ 'more.txt': 'more\n' });
  await team.land('T-1' as never, 2);
  await expectFinished();
  expect(team.read('more.txt')).toBe('more\n');
});

test('a file that was cut off while it was written is written anew', async () => {
  await cutOff({ ...half, 'b.txt': 'landed', 'new.txt': '' });
  writtenThen('b.txt', -80);
  writtenThen('new.txt', -80);
  await expectFinished();
});

test.each<[string, Files, number, boolean]>([
  ['is neither', { 'b.txt': 'mine\n' }, -80, true],
  ['is the beginning, and was written later', { 'b.txt': 'landed' }, 60, true],
  ['is the beginning, and was written before', { 'b.txt': 'landed' }, -600, true],
  ['is the beginning, and nobody knows when it was begun', { 'b.txt': 'landed' }, -80, false],
  ['is new and the person’s', { 'new.txt': 'mine\n' }, -80, true],
])('what %s stays, and is told with what mends it', async (_name, files, from, isLocked) => {
  await cutOff({ ...half, ...files }, isLocked);
  const [path = ''] = Object.keys(files);
  writtenThen(path, from);
  const now = picture(team.repository);
  const { why } = await team.trunk.followCheckout();
  expect(why).toMatch(/^bringing your files up was cut off: some are as they landed, and/);
  expect(why).toContain(`${path} is neither that nor what it was. “git stash push -u -- ${path}”`);
  expect(picture(team.repository)).toEqual(now);
  // It is not forgotten when it is looked at again, and the command is the right one.
  expect((await team.trunk.followCheckout()).why).toBe(why);
  team.git('stash', 'push', '--quiet', '-u', '--', path);
  await expectFinished();
  expect(team.git('show', path === 'new.txt' ? `stash^3:${path}` : `stash:${path}`)).toBe(
    files[path]?.trim(),
  );
});

test('what the person staged in the meantime is not taken for what landed', async () => {
  await cutOff(half);
  rmSync(join(team.repository, '.git/index.lock'));
  team.write({ 'b.txt': 'mine\n' });
  team.git('add', 'b.txt');
  team.write({ 'b.txt': 'landed b\n' });
  expect((await team.trunk.followCheckout()).why).toContain('b.txt');
  expect(team.git('show', ':b.txt')).toBe('mine');
});

test('where nothing was moved yet, an edit is an edit', async () => {
  await cutOff({});
  team.write({ 'b.txt': 'mine\n' });
  expect((await team.trunk.followCheckout()).why).toBe('b.txt has your edits');
});

test('the lock of another program stays', async () => {
  await cutOff(half);
  const lock = join(team.repository, '.git/index.lock');
  rmSync(lock);
  writeFileSync(lock, '');
  expect((await team.trunk.followCheckout()).why).toContain(`delete ${lock}`);
  rmSync(lock);
  await expectFinished();
});

test('a lock that a kill left after the branch had moved is taken away', async () => {
  team = await temporaryTeam();
  const lock = join(team.repository, '.git/index.lock');
  writeFileSync(lock, `Belfry brings this checkout to the trunk of ${team.state.hub}\n`);
  await team.trunk.followCheckout();
  team.commit({ 'a.txt': 'the person goes on\n' });
});

test('files go back where the branch cannot be moved', async () => {
  team = await temporaryTeam({ files: before });
  const { repository, work, land, trunk, git, base } = team;
  await work(landed);
  await land();
  // Git cannot write down there what it moves.
  const log = join(repository, '.git/logs/refs/heads/main');
  rmSync(log);
  mkdirSync(join(log, 'inside'), { recursive: true });
  writeFileSync(join(log, 'inside/file'), '');
  const now = picture(repository);
  const { why } = await trunk.followCheckout();
  expect(why).toMatch(/^git could not move it \(.*logs.refs.heads.main.*next landing$/);
  expect(git('rev-parse', 'main')).toBe(base);
  expect(picture(repository)).toEqual(now);
  expect(git('status', '--porcelain')).toBe('');
});
