import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkoutTask } from '../../../src/adapters/git/checkout/checkout-task.ts';
import { createTrunk } from '../../../src/adapters/git/trunk.ts';
import { recordBytesMax } from '../../../src/core/limits.ts';
import { fileCount } from '../../../src/core/record/recorded-files.ts';
import { jsonBytes } from '../../../src/lib/first-that-fit.ts';
import { GitError } from '../../../src/ports/worktrees.ts';
import {
  commitIn,
  details,
  eng1,
  gitIn,
  picture,
  type TemporaryTeam,
  task1,
  task2,
  temporaryTeam,
} from './temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

test('a merge result is a merge commit that names task, attempt and agent, and is pinned', async () => {
  team = await temporaryTeam();
  const { hub, trunk, repository, base } = team;
  const head = await team.work({ 'c.txt': 'c\n' });
  const before = [picture(repository), team.git('for-each-ref')];
  const title = 'A title\nof two lines \u001b[31m';
  const built = await trunk.build(task1, 2, { ...details, title });
  if (built.kind !== 'built') throw new Error(built.kind);
  const { commit } = built.candidate;
  expect(hub('show', '--no-patch', '--format=%P%n%an%n%cn%n%at%n%B', commit).split('\n')).toEqual([
    `${base} ${head}`,
    'eng-1 (Belfry)',
    'Belfry',
    '1700000000',
    'T-1: A title of two lines',
    '',
    'Belfry-Task: T-1',
    'Belfry-Attempt: 2',
    'Belfry-Agent: eng-1',
  ]);
  expect(hub('rev-parse', 'refs/belfry/candidates/T-1/2')).toBe(commit);
  expect([picture(repository), team.git('for-each-ref')]).toEqual(before);
  // A process that starts anew, after a crash, makes the very same commit.
  const again = await createTrunk(team.given).build(task1, 2, { ...details, title });
  expect(again).toEqual(built);
});

test('a clean merge of changes in one file holds both', async () => {
  team = await temporaryTeam({ files: { 'a.txt': '1\n2\n3\n4\n5\n6\n7\n' } });
  await team.work({ 'a.txt': 'one\n2\n3\n4\n5\n6\n7\n' });
  team.commit({ 'a.txt': '1\n2\n3\n4\n5\n6\nseven\n' });
  const commit = await team.land();
  expect(team.hub('show', `${commit}:a.txt`)).toBe('one\n2\n3\n4\n5\n6\nseven');
});

test('conflicts of every kind are named: content, both added, deleted here, folder against file', async () => {
  team = await temporaryTeam({ files: { 'a.txt': 'a\n', 'gone.txt': 'g\n', 'keep.txt': 'k\n' } });
  await team.work({
    ...{ 'a.txt': 'theirs\n', 'gone.txt': 'theirs\n', 'new ö.txt': 'theirs\n', 'keep.txt': 'x\n' },
  });
  team.commit({ 'a.txt': 'mine\n', 'gone.txt': null, 'new ö.txt': 'mine\n' });
  const answer = await team.trunk.build(task1, 1, details);
  if (answer.kind !== 'conflicted') throw new Error(answer.kind);
  expect([...answer.files].sort()).toEqual(['a.txt', 'gone.txt', 'new ö.txt']);
});

test('a branch without a common past is refused in words, and changes nothing', async () => {
  team = await temporaryTeam();
  await team.work({ 'c.txt': 'c\n' });
  const folder = team.worktrees.pathOf(eng1);
  gitIn(folder, 'checkout', '--quiet', '--orphan', 'alone');
  commitIn(folder, { 'd.txt': 'd\n' });
  gitIn(folder, 'branch', '-f', 'belfry/t-1', 'alone');
  await expect(team.trunk.build(task1, 1, details)).rejects.toThrow(/unrelated histories/);
  expect(await team.trunk.head()).toBe(team.base);
});

test('what a killed git left locked is free after the next start', async () => {
  team = await temporaryTeam();
  await team.work({ 'c.txt': 'c\n' });
  writeFileSync(join(team.state.hub, 'refs/heads/belfry-trunk.lock'), '');
  writeFileSync(join(team.state.hub, 'packed-refs.lock'), '');
  await expect(team.land()).rejects.toThrow(GitError);
  await team.prepare();
  const commit = await team.land();
  expect(await team.trunk.head()).toBe(commit);
});

test('a risk in the change is told with the candidate', async () => {
  team = await temporaryTeam({ files: { 'test/a.test.ts': "test('a', () => {});\n" } });
  await team.work({ 'test/a.test.ts': null });
  expect(await team.trunk.build(task1, 1, details)).toMatchObject({
    risks: ['deletes the tests in test/a.test.ts', 'has fewer tests: 1 removed, 0 added'],
  });
});

test('a risk is told also of what git takes for binary, and of scripts that the gate calls', async () => {
  const manifest = (check: string) => JSON.stringify({ scripts: { check } });
  team = await temporaryTeam({
    files: { 'package.json': manifest('vitest'), 'a.test.ts': 'let a;\n', 'b.test.ts': 'let b;\n' },
  });
  await team.work({
    'package.json': manifest('true'),
    'a.test.ts': "// \u0000\nit.skip('a', f);\n",
    'b.test.ts': "it.skip('b', f);\n",
    '.gitattributes': '*.test.ts -diff\n',
    'picture.png': '\u0000',
  });
  expect(await team.trunk.build(task1, 1, details)).toMatchObject({
    risks: [
      'changes the check script in package.json',
      'skips or singles out tests in b.test.ts',
      'skips or singles out tests in a.test.ts',
    ],
  });
});

test('another trunk is taken over when the team file names it', async () => {
  team = await temporaryTeam();
  team.git('branch', 'next');
  team.git('checkout', '--quiet', 'next');
  const next = team.commit({ 'n.txt': 'n\n' });
  team.git('checkout', '--quiet', 'main');
  expect(await team.prepare('next')).toBe('next');
  expect(await createTrunk({ ...team.given, trunkName: 'next' }).head()).toBe(next);
  // It stays, also when another branch is checked out at the next start.
  expect(await team.prepare()).toBe('next');
});

test('branches of the person whose names are like Belfry’s are in nobody’s way', async () => {
  team = await temporaryTeam({
    before: repository => {
      gitIn(repository, 'branch', 'belfry');
      gitIn(repository, 'branch', 'belfry-trunk');
      return undefined;
    },
  });
  await team.work({ 'c.txt': 'c\n' });
  await team.land();
  expect(await team.trunk.followCheckout()).toEqual({ behind: 0, why: null });
});

test('a task’s branch comes into the person’s repository when it is asked for, and never over theirs', async () => {
  team = await temporaryTeam();
  const { repository, state, git } = team;
  const bring = (task = task1) => checkoutTask({ repository, state, task });
  await expect(bring(task2)).rejects.toThrow('T-2 has no branch yet');
  const head = await team.work({ 'c.txt': 'c\n' });
  expect(await bring()).toEqual({ branch: 'belfry/t-1' });
  expect(git('rev-parse', 'belfry/t-1')).toBe(head);
  expect(git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  const newer = commitIn(team.worktrees.pathOf(eng1), { 'd.txt': 'd\n' });
  await bring();
  expect(git('rev-parse', 'belfry/t-1')).toBe(newer);
  git('checkout', '--quiet', 'belfry/t-1');
  commitIn(team.worktrees.pathOf(eng1), { 'e.txt': 'e\n' });
  await expect(bring()).rejects.toThrow('is checked out in your repository');
  const mine = team.commit({ 'mine.txt': 'm\n' });
  git('checkout', '--quiet', 'main');
  await expect(bring()).rejects.toThrow('has commits of its own');
  expect(git('rev-parse', 'belfry/t-1')).toBe(mine);
});

test('a commit of the person that a killed fetch left without its files is fetched whole', async () => {
  team = await temporaryTeam();
  const mine = team.commit({ 'sub/mine.txt': 'm\n' });
  const object = execFileSync('git', ['cat-file', 'commit', mine], { cwd: team.repository });
  const alone = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
  execFileSync('git', ['--git-dir', team.state.hub, ...alone], { input: object });
  expect(await team.trunk.head()).toBe(mine);
  expect(team.hub('cat-file', '-p', `${mine}:sub/mine.txt`)).toBe('m');
});

test('a person’s repository that is gone is an error in words', async () => {
  team = await temporaryTeam();
  rmSync(team.repository, { recursive: true });
  await expect(team.trunk.head()).rejects.toThrow(/git cannot be started in/);
});

test('a commit of ten thousand files fits into a record, conflicts and a second attempt included', async () => {
  team = await temporaryTeam();
  await team.worktrees.ensure(eng1);
  await team.worktrees.startTask(eng1, task1, team.base);
  const folder = team.worktrees.pathOf(eng1);
  const path = (n: number) => `node_modules/a package with quite a long name/source ö ${n}.test.ts`;
  const commitAll = (where: string, branch: string, text: string) => {
    const changes = Array.from({ length: 10_000 }, (_, n) => [
      `M 100644 inline "${path(n)}"`,
      `data ${text.length}\n${text}`,
    ]);
    const input = [
      `commit refs/heads/${branch}`,
      'committer Kim <kim@example.invalid> 1700000000 +0000',
      `data 1\nx\nfrom refs/heads/${branch}^0`,
      ...changes.flat(),
      '',
    ].join('\n');
    execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: where, input });
  };
  commitAll(folder, 'belfry/t-1', 'one');
  for (const attempt of [1, 2]) {
    const built = await team.trunk.build(task1, attempt, details);
    if (built.kind !== 'built') throw new Error(built.kind);
    expect(fileCount(built.candidate)).toBe(10_000);
    expect(built.candidate.files.length).toBeGreaterThan(100);
    expect(jsonBytes(built)).toBeLessThan(recordBytesMax);
    commitAll(folder, 'belfry/t-1', 'two\n');
  }
  commitAll(team.repository, 'main', 'three');
  const answer = await team.trunk.build(task1, 3, details);
  if (answer.kind !== 'conflicted') throw new Error(answer.kind);
  expect(fileCount(answer)).toBe(10_000);
  expect(jsonBytes(answer)).toBeLessThan(recordBytesMax);
});
