import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBranchRadar } from '../../../../src/adapters/git/history/branch-radar.ts';
import type { TaskId } from '../../../../src/core/ids.ts';
import { TemporaryHub } from '../hub.ts';

const hub = new TemporaryHub();
const team = (...args: string[]) =>
  execFileSync('git', [`--git-dir=${hub.state.team}`, ...args], { encoding: 'utf8' }).trim();
const ids = (...texts: string[]) => texts as unknown as readonly TaskId[];

function branch(task: string, files: Readonly<Record<string, string>>): void {
  const folder = join(hub.root, task);
  team('worktree', 'add', '--quiet', '-b', `belfry/${task.toLowerCase()}`, folder, 'belfry-trunk');
  commit(task, files);
}

function commit(task: string, files: Readonly<Record<string, string>>): void {
  const cwd = join(hub.root, task);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const as = ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.invalid'];
  execFileSync('git', ['add', '--all'], { cwd });
  execFileSync('git', [...as, 'commit', '--quiet', '--message', task], { cwd });
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `// ${index}\n`).join('');

beforeAll(async () => {
  hub.commit({
    'src/duration.ts': `export function formatDuration(minutes: number): string {\n  return '';\n}\n${lines(30)}`,
    'src/other.ts': 'export const other = 1;\n',
  });
  await hub.open();
  const renamed = `export function spellDuration(minutes: number): string {\n  return '';\n}\n${lines(30)}`;
  branch('T-1', { 'src/duration.ts': renamed });
  branch('T-2', { 'src/timesheet.ts': "import { formatDuration } from '../duration.ts';\n" });
  branch('T-3', { 'src/duration.ts': `export function formatDuration(): void {}\n${lines(30)}` });
  branch('T-4', {
    'src/duration.ts': `export function formatDuration(minutes: number): string {\n  return '';\n}\n${lines(30)}// end\n`,
  });
});
afterAll(() => hub.remove());

test('tells each pair: clear, in the same file, or in conflict', async () => {
  const radar = createBranchRadar(hub);
  const pairs = await radar.look(ids('T-1', 'T-2', 'T-3', 'T-4', 'T-99'));
  const named = pairs.map(({ one, other, state }) => `${one} ${other ?? 'trunk'} ${state}`);
  expect(named.sort()).toEqual([
    'T-1 trunk clear',
    'T-2 T-1 clear',
    'T-2 trunk clear',
    'T-3 T-1 conflict',
    'T-3 T-2 clear',
    'T-3 trunk clear',
    'T-4 T-1 near',
    'T-4 T-2 clear',
    'T-4 T-3 near',
    'T-4 trunk clear',
  ]);
  expect(pairs.find(({ state }) => state === 'conflict')?.files).toEqual(['src/duration.ts']);
});

test('sees a branch that moved, and nothing without a branch', async () => {
  const radar = createBranchRadar(hub);
  expect(await radar.look([])).toEqual([]);
  commit('T-2', { 'src/other.ts': 'export const other = 2;\n' });
  commit('T-4', { 'src/other.ts': 'export const other = 3;\n' });
  const pair = (await radar.look(ids('T-2', 'T-4'))).find(({ other }) => other === 'T-2');
  expect(pair).toMatchObject({ one: 'T-4', state: 'conflict', files: ['src/other.ts'] });
});

test('finds who uses what a landing changed, and leaves the others in peace', async () => {
  const radar = createBranchRadar(hub);
  const landed = {
    base: team('rev-parse', 'belfry-trunk'),
    commit: team('rev-parse', 'belfry/t-1'),
  };
  expect(await radar.changesFor('T-2' as TaskId, landed)).toEqual([
    {
      symbol: 'formatDuration',
      path: 'src/duration.ts',
      before: 'function formatDuration(minutes: number): string',
      after: null,
    },
  ]);
  expect(await radar.changesFor('T-4' as TaskId, landed)).toEqual([]);
  expect(await radar.changesFor('T-99' as TaskId, landed)).toEqual([]);
});
