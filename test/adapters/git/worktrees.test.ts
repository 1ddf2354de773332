import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAgentId } from '../../../src/core/ids.ts';
import { savedFileBytesMax, savedWorkBytesMax } from '../../../src/core/limits.ts';
import type { LeftOut } from '../../../src/ports/worktrees.ts';
import {
  commitIn,
  eng1,
  eng2,
  gitIn,
  picture,
  readIn,
  type TemporaryTeam,
  task1,
  task2,
  temporaryTeam,
  writeFiles,
} from './temporary-team.ts';

let team: TemporaryTeam;
let folder: string;
beforeEach(async () => {
  team = await temporaryTeam();
  await team.work({ 'c.txt': 'c\n', 'run.sh': 'echo\n' });
  folder = team.worktrees.pathOf(eng1);
});
afterEach(() => team.remove());

/** Runs the work with a git that notes when two of the same kind run at once. */
async function oneAtATime(kind: string, work: () => Promise<unknown>): Promise<void> {
  const bin = join(team.root, 'bin');
  mkdirSync(bin);
  const before = process.env['PATH'] ?? '';
  writeFileSync(
    join(bin, 'git'),
    `#!/bin/sh
case "$*" in *'${kind}'*) mkdir '${bin}/under-way' || touch '${bin}/two-at-once' ;; esac
PATH='${before}' git "$@"; code=$?
case "$*" in *'${kind}'*) sleep 0.1; rmdir '${bin}/under-way' 2>/dev/null; touch '${bin}/ran' ;; esac
exit $code
`,
    { mode: 0o755 },
  );
  process.env['PATH'] = `${bin}:${before}`;
  try {
    await work();
    expect(readdirSync(bin).sort()).toEqual(['git', 'ran']);
  } finally {
    process.env['PATH'] = before;
  }
}

test('worktrees of a whole team are added one after the other', async () => {
  const agents = ['eng-2', 'eng-3', 'eng-4'].filter(isAgentId);
  await oneAtATime('worktree add', () =>
    Promise.all(agents.map(agent => team.worktrees.ensure(agent))),
  );
  for (const agent of agents) expect(existsSync(team.worktrees.pathOf(agent))).toBe(true);
});

test('a trunk that everybody asks for is fetched one after the other', async () => {
  team.commit({ 'z.txt': 'z\n' });
  const head = await team.trunk.head();
  await oneAtATime('fetch', () =>
    Promise.all(Array.from({ length: 4 }, () => team.worktrees.publishTrunk(head))),
  );
});

const saved = async (label = 'T-1: saved') => {
  const answer = await team.worktrees.saveWork(eng1, label);
  if (answer === null) throw new Error('nothing was saved');
  return (path: string) => gitIn(folder, 'show', `${answer.commit}:${path}`);
};

test('a snapshot holds what was typed: untracked, deleted, executable, links, any name', async () => {
  writeFiles(folder, { 'a.txt': null, 'new dir/ö\n.txt': 'new\n' });
  rmSync(join(folder, 'b.txt'));
  writeFiles(folder, { 'b.txt/inside': 'a folder where a file was\n' });
  chmodSync(join(folder, 'run.sh'), 0o755);
  symlinkSync('c.txt', join(folder, 'link'));
  const before = [picture(folder), gitIn(folder, 'status', '--porcelain')];
  const show = await saved();
  expect(() => show('a.txt')).toThrow();
  expect(show('new dir/ö\n.txt')).toBe('new');
  expect(show('b.txt/inside')).toContain('a folder');
  expect(show('link')).toBe('c.txt');
  expect(gitIn(folder, 'ls-tree', 'refs/belfry/wip/eng-1/000001', 'run.sh')).toMatch(/^100755/);
  expect([picture(folder), gitIn(folder, 'status', '--porcelain')]).toEqual(before);
});

test('a snapshot is taken in the middle of a merge and leaves it there', async () => {
  const trunk = team.commit({ 'c.txt': 'theirs\n' });
  await team.worktrees.publishTrunk(await team.trunk.head());
  expect(await team.worktrees.mergeTrunk(eng1, trunk)).toBe(false);
  const before = gitIn(folder, 'ls-files', '--stage');
  expect((await saved())('c.txt')).toContain('<<<<<<<');
  expect(gitIn(folder, 'ls-files', '--stage')).toBe(before);
  expect(gitIn(folder, 'rev-parse', 'MERGE_HEAD')).toBe(trunk);
});

test('a repository inside the worktree does not keep the rest from being saved', async () => {
  for (const name of ['empty', 'full']) {
    mkdirSync(join(folder, name));
    gitIn(join(folder, name), 'init', '--quiet');
  }
  commitIn(join(folder, 'full'), { x: 'x' });
  writeFiles(folder, { 'd.txt': 'd\n' });
  expect((await saved())('d.txt')).toBe('d');
});

test('what Belfry and .gitignore keep out is no work', async () => {
  commitIn(folder, { '.gitignore': '*.log\n' });
  writeFiles(folder, {
    '.belfry/outbox/m.json': '{}',
    '.belfry/assignment.json': '{}',
    'x.log': '',
  });
  expect(await team.worktrees.saveWork(eng1, 'T-1: x')).toBeNull();
  expect((await team.worktrees.status(eng1)).uncommitted).toEqual([]);
});

test('only the newest snapshots are kept', async () => {
  const head = gitIn(folder, 'rev-parse', 'HEAD');
  for (let count = 1; count <= 20; count += 1)
    gitIn(folder, 'update-ref', `refs/belfry/wip/eng-1/${String(count).padStart(6, '0')}`, head);
  writeFiles(folder, { 'd.txt': 'newest\n' });
  await saved();
  const refs = gitIn(folder, 'for-each-ref', '--format=%(refname)', 'refs/belfry/wip').split('\n');
  expect(refs).toHaveLength(20);
  expect(refs[0]).toBe('refs/belfry/wip/eng-1/000002');
  expect(gitIn(folder, 'show', 'refs/belfry/wip/eng-1/000021:d.txt')).toBe('newest');
});

test('work that was thrown away does not come back with the task', async () => {
  const { worktrees, base } = team;
  writeFiles(folder, { 'd.txt': 'half\n' });
  await saved();
  rmSync(join(folder, 'd.txt'));
  await worktrees.startTask(eng1, task2, base);
  await worktrees.startTask(eng1, task1, base);
  expect(existsSync(join(folder, 'd.txt'))).toBe(false);
});

test('what an agent was in the middle of is not in the way of its next task', async () => {
  const { worktrees, base } = team;
  commitIn(folder, { 'c.txt': 'second\n' });
  gitIn(folder, 'branch', 'side', base);
  expect(() => gitIn(folder, 'cherry-pick', 'HEAD~1')).toThrow();
  writeFiles(folder, { 'c.txt': 'third\n' });
  await worktrees.startTask(eng1, task2, base);
  expect(gitIn(folder, 'status')).not.toMatch(/progress|currently/);
  commitIn(folder, { 'c.txt': 'x\n' });
  const trunk = commitIn(folder, { 'c.txt': 'y\n' });
  expect(() => gitIn(folder, 'rebase', '--onto', trunk, base, 'belfry/t-2~1')).toThrow();
  await worktrees.startTask(eng1, task1, base);
  expect(await worktrees.status(eng1)).toMatchObject({
    branch: 'belfry/t-1',
    uncommitted: ['c.txt'],
  });
  expect(gitIn(folder, 'status')).not.toMatch(/progress|currently/);
});

test('uncommitted files are told by their names, whatever those are', async () => {
  const names = [' leading blank', 'ünï.txt', 'two\nlines', 'folder/deep.txt'];
  writeFiles(folder, {
    'a.txt': 'changed\n',
    ...Object.fromEntries(names.map(name => [name, ''])),
  });
  gitIn(folder, 'mv', 'b.txt', 'moved.txt');
  expect((await team.worktrees.status(eng1)).uncommitted).toEqual(
    ['a.txt', 'b.txt', 'moved.txt', ...names.filter(name => !name.includes('/')), 'folder/'].sort(),
  );
});

test.each<[string, () => void]>([
  ['deleted', () => rmSync(folder, { recursive: true })],
  [
    'deleted while it was locked',
    () => {
      gitIn(folder, 'worktree', 'lock', folder);
      rmSync(folder, { recursive: true });
    },
  ],
  ['a file', () => [rmSync(folder, { recursive: true }), writeFileSync(folder, '')]],
  ['moved away', () => renameSync(folder, `${folder}-moved`)],
  [
    'a link to somewhere else',
    () => [renameSync(folder, `${folder}-moved`), symlinkSync(`${folder}-moved`, folder)],
  ],
  ['without a HEAD', () => rmSync(join(team.state.team, 'worktrees/eng-1/HEAD'))],
  ['of no repository', () => rmSync(join(team.state.team, 'worktrees'), { recursive: true })],
  [
    'deleted, with the configuration broken',
    () => {
      rmSync(folder, { recursive: true });
      writeFileSync(join(team.state.team, 'config'), '[[');
    },
  ],
])('a worktree that is %s is made again, with the branch’s work', async (_name, damage) => {
  const { worktrees, base, setUps } = team;
  damage();
  await worktrees.startTask(eng1, task1, base);
  expect(await worktrees.status(eng1)).toMatchObject({ branch: 'belfry/t-1', uncommitted: [] });
  expect(readIn(folder, 'c.txt')).toBe('c\n');
  expect(setUps).toEqual([folder, folder]);
  commitIn(folder, { 'd.txt': 'd\n' });
  expect((await worktrees.branchWork(task1, base))?.commits).toBe(2);
});

test('nothing behind a link in a worktree’s place is looked at, saved or cleared', async () => {
  renameSync(folder, `${folder}-moved`);
  writeFiles(`${folder}-moved`, { 'private.txt': 'p\n' });
  symlinkSync(`${folder}-moved`, folder);
  expect(await team.worktrees.saveWork(eng1, 'T-1: saved')).toBeNull();
  await expect(team.worktrees.status(eng1)).rejects.toThrow('is a link');
  await team.worktrees.startTask(eng1, task2, team.base);
  expect(readIn(`${folder}-moved`, 'private.txt')).toBe('p\n');
  expect(gitIn(team.state.team, 'for-each-ref', 'refs/belfry/wip')).toBe('');
});

test('the rest of a damaged worktree is in the trash', async () => {
  writeFiles(folder, { 'precious.txt': 'p\n' });
  writeFileSync(join(team.state.team, 'worktrees/eng-1/HEAD'), 'x');
  await team.worktrees.ensure(eng1);
  const kept = readdirSync(team.state.trash).filter(name => /^eng-1-\d+$/.test(name));
  expect(kept).toHaveLength(1);
  expect(readFileSync(join(team.state.trash, kept[0] ?? '', 'precious.txt'), 'utf8')).toBe('p\n');
});

test('a worktree whose link to the team repository was changed keeps its files', async () => {
  writeFiles(folder, { 'half.txt': 'h\n' });
  rmSync(join(folder, '.git'));
  gitIn(folder, 'init', '--quiet');
  await team.worktrees.ensure(eng1);
  expect(gitIn(folder, 'symbolic-ref', '--short', 'HEAD')).toBe('belfry/t-1');
  expect(gitIn(folder, 'status', '--porcelain')).toBe('?? half.txt');
});

test('a lock that a killed git left is removed when it is old, and not before', async () => {
  const lock = join(team.state.team, 'worktrees/eng-1/index.lock');
  writeFileSync(lock, '');
  await team.worktrees.ensure(eng1);
  expect(existsSync(lock)).toBe(true);
  utimesSync(lock, new Date(0), new Date(0));
  await team.worktrees.ensure(eng1);
  expect(existsSync(lock)).toBe(false);
});

test('neither a trunk that is checked out nor a worktree of an agent’s own is in the way', async () => {
  const { worktrees, trunk, root, base } = team;
  gitIn(folder, 'worktree', 'add', '--quiet', '-f', join(root, 'own'), 'belfry/t-1');
  gitIn(join(root, 'own'), 'checkout', '--quiet', '--ignore-other-worktrees', 'belfry/t-1');
  gitIn(folder, 'checkout', '--quiet', 'belfry-trunk');
  team.commit({ 'd.txt': 'd\n' });
  await worktrees.publishTrunk(await trunk.head());
  expect(gitIn(folder, 'rev-parse', 'belfry-trunk')).toBe(await trunk.head());
  await worktrees.ensure(eng2);
  await worktrees.startTask(eng2, task1, base);
  expect((await worktrees.status(eng2)).branch).toBe('belfry/t-1');
});

test('a commit in a worktree of an agent’s own is told as nobody’s', async () => {
  const own = join(team.root, 'constructor');
  gitIn(folder, 'worktree', 'add', '--quiet', '--detach', own);
  const seen: string[] = [];
  const stop = team.worktrees.onCommit(agent => seen.push(agent));
  let count = 0;
  await vi.waitFor(
    () => {
      count += 1;
      commitIn(own, { 'o.txt': `${count}\n` });
      commitIn(folder, { 'o.txt': `${count}\n` });
      expect(seen.filter(name => name === eng1).length).toBeGreaterThan(2);
    },
    { timeout: 10_000, interval: 100 },
  );
  stop();
  expect(new Set(seen)).toEqual(new Set([eng1]));
});

test('names that could lead elsewhere are no agents', () => {
  for (const name of ['../x', 'eng-0', 'eng-1/..', 'ENG-1', 'eng-1 ', '.', '-x', 'eng-100'])
    expect(isAgentId(name)).toBe(false);
});

describe('work that is too large to be saved', () => {
  const told: LeftOut[] = [];
  const gigabytes = 20_000_000_000;
  beforeEach(() => {
    told.length = 0;
    team.worktrees.onLeftOut(left => told.push(left));
    // Holes take no room on the disk: git would write out as many zeros as they are long.
    writeFiles(folder, { 'c.txt': 'typed\n', 'dump.bin': '', 'a.txt': '' });
    truncateSync(join(folder, 'dump.bin'), gigabytes);
    truncateSync(join(folder, 'a.txt'), savedFileBytesMax + 1);
  });
  const tooLarge = [
    { path: 'dump.bin', bytes: gigabytes },
    { path: 'a.txt', bytes: savedFileBytesMax + 1 },
  ];

  test('is left where it is and told, the rest is saved', async () => {
    const show = await saved();
    expect(show('c.txt')).toBe('typed');
    expect(() => show('dump.bin')).toThrow();
    expect(show('a.txt')).toBe('a');
    expect(told).toEqual([{ agent: eng1, folder, files: tooLarge }]);
    expect(lstatSync(join(folder, 'dump.bin')).size).toBe(gigabytes);
  });

  test('goes aside when another task takes the worktree, and is not lost', async () => {
    await team.worktrees.startTask(eng1, task2, team.base);
    expect(existsSync(join(folder, 'dump.bin'))).toBe(false);
    expect(told.map(({ files }) => files)).toEqual([tooLarge, [], tooLarge]);
    const aside = told.at(-1)?.folder ?? '';
    expect(dirname(aside)).toBe(team.state.trash);
    expect(lstatSync(join(aside, 'dump.bin')).size).toBe(gigabytes);
    expect(lstatSync(join(aside, 'a.txt')).size).toBe(savedFileBytesMax + 1);
  });

  test('may be many files, of which the smallest are saved', async () => {
    const part = savedFileBytesMax / 2 + 1;
    for (let number = 1; number <= 8; number += 1) {
      writeFiles(folder, { [`part-${number}`]: '' });
      truncateSync(join(folder, `part-${number}`), part);
    }
    await saved();
    const parts = told[0]?.files.filter(({ bytes }) => bytes === part) ?? [];
    expect(parts).toHaveLength(8 - Math.floor(savedWorkBytesMax / part));
  });
});
