import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginningOfGit, mustGit, runGit } from '../../../src/adapters/git/git.ts';
import { findRisks } from '../../../src/adapters/git/risks/find-risks.ts';
import { gitIn } from './temporary-team.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-git-'));
  gitIn(folder, 'init', '--quiet');
  writeFileSync(join(folder, 'large.txt'), 'line é\n'.repeat(700_000));
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', 'x');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const show = ['cat-file', 'blob', 'HEAD:large.txt'];

test('an answer is read up to its bound, and then git is ended', async () => {
  const cut = await runGit(show, { cwd: folder, bytesMax: 1_000 });
  expect(cut).toMatchObject({ isCut: true, code: -1 });
  expect(Buffer.byteLength(cut.stdout)).toBe(1_000);
  const { text, isCut } = await beginningOfGit(show, { cwd: folder, bytesMax: 10_000_000 });
  expect([text.length, isCut]).toEqual([4_900_000, false]);
});

test('where all of it is needed, too much is an error in words', async () => {
  await expect(mustGit(show, { cwd: folder, bytesMax: 1_000_000 })).rejects.toThrow(
    'git cat-file blob HEAD:large.txt: the answer is longer than 1 MB',
  );
});

test('a patch of many megabytes is a risk that is told, and not read to its end', async () => {
  const empty = gitIn(folder, 'hash-object', '-t', 'tree', '/dev/null');
  expect(await findRisks(join(folder, '.git'), empty, 'HEAD', [])).toEqual([
    'the change is too large to be checked for weakened tests',
  ]);
});

test('a lock of another git is waited for, a while', async () => {
  const lock = join(folder, '.git/index.lock');
  writeFileSync(lock, '');
  setTimeout(() => rmSync(lock), 400);
  expect((await runGit(['add', '--all'], { cwd: folder })).code).toBe(0);
  writeFileSync(lock, '');
  const answer = await runGit(['add', '--all'], { cwd: folder });
  rmSync(lock);
  expect([answer.code, answer.stderr]).toEqual([128, expect.stringContaining('File exists')]);
});
