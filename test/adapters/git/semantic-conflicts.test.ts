// Pairs of changes that merge without a conflict, each green alone, and red together: what a type checker or
// a test can see must be red on the merge result before the trunk moves, and the other task must be named.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createTrunk } from '../../../src/adapters/git/trunk.ts';
import { blameLanding } from '../../../src/core/failure/blame-landing.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { TemporaryHub } from './hub.ts';

type Files = Readonly<Record<string, string>>;
type Pair = { readonly base: Files; readonly first: Files; readonly second: Files };

const pairs: Readonly<Record<string, Pair>> = {
  'a function is renamed, and called by its old name': {
    base: { 'src/a.ts': 'export function bisect(): number { return 1; }\n' },
    first: { 'src/a.ts': 'export function bifurcate(): number { return 1; }\n' },
    second: { 'src/b.ts': "import { bisect } from './a.ts';\nexport const b = bisect();\n" },
  },
  'a member is renamed, and tests of another branch use its old name': {
    base: { 'src/a.ts': 'export type Worktree = { readonly beadId: string };\n' },
    first: { 'src/a.ts': 'export type Worktree = { readonly taskId: string };\n' },
    second: {
      'test/b.test.ts':
        "import type { Worktree } from '../src/a.ts';\nexport const w: Worktree = { beadId: 'x' };\n",
    },
  },
  'both export the same name, and a barrel passes both on': {
    base: {
      'src/index.ts': "export * from './a.ts';\nexport * from './b.ts';\n",
      'src/a.ts': 'export const a = 1;\n',
      'src/b.ts': 'export const b = 1;\n',
      'test/c.ts': "import * as all from '../src/index.ts';\nexport const c = all.a;\n",
    },
    first: {
      'src/a.ts': 'export const a = 1;\nexport const limit = 1;\n',
      'test/d.ts': "import { limit } from '../src/index.ts';\nexport const d = limit;\n",
    },
    second: { 'src/b.ts': 'export const b = 1;\nexport const limit = 2;\n' },
  },
  'a field becomes required, and another branch makes objects without it': {
    base: { 'src/a.ts': 'export type Entry = { readonly text: string };\n' },
    first: {
      'src/a.ts': 'export type Entry = { readonly text: string; readonly minutes: number };\n',
    },
    second: {
      'src/b.ts': "import type { Entry } from './a.ts';\nexport const e: Entry = { text: 'x' };\n",
    },
  },
  'a default changes, and a test of another branch counts on it': {
    base: { 'src/a.ts': 'export const width = (columns = 80) => columns;\n' },
    first: { 'src/a.ts': 'export const width = (columns = 100) => columns;\n' },
    second: {
      'test/b.test.ts':
        "import { width } from '../src/a.ts';\nif (width() !== 80) throw new Error('width of src/a.ts');\n",
    },
  },
  'an enumeration grows, and another branch handles all of it': {
    base: { 'src/a.ts': "export type Kind = 'one' | 'two';\n" },
    first: { 'src/a.ts': "export type Kind = 'one' | 'two' | 'three';\n" },
    second: {
      'src/b.ts':
        "import type { Kind } from './a.ts';\nexport function b(kind: Kind): number {\n  switch (kind) {\n    case 'one':\n      return 1;\n    case 'two':\n      return 2;\n    default: {\n      const never: never = kind;\n      return never;\n    }\n  }\n}\n",
    },
  },
};

let hub: TemporaryHub | null = null;
afterEach(() => {
  hub?.remove();
  hub = null;
});

const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
const config = {
  compilerOptions: {
    ...{ module: 'nodenext', moduleResolution: 'nodenext', noEmit: true, strict: true, types: [] },
    allowImportingTsExtensions: true,
  },
  include: ['src', 'test'],
};

/** What a careful team has as its gate: types, then tests. */
function gate(
  gitDir: string,
  commit: string,
  folder: string,
): { isGreen: boolean; output: string } {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tar = execFileSync('git', [`--git-dir=${gitDir}`, 'archive', commit]);
  execFileSync('tar', ['-x', '-C', folder], { input: tar });
  const steps = [
    [tsc, ['-p', 'tsconfig.json', '--pretty', 'false']],
    [
      'sh',
      [
        '-c',
        `for t in test/*.test.ts; do [ -e "$t" ] || exit 0; '${process.execPath}' "$t" || exit 1; done`,
      ],
    ],
  ] as const;
  for (const [command, args] of steps) {
    const run = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0) return { isGreen: false, output: run.stdout + run.stderr };
  }
  return { isGreen: true, output: '' };
}

/** An agent's commit on the branch of a task, from the trunk of the beginning. */
function branch(made: TemporaryHub, task: string, files: Files): void {
  const folder = join(made.root, task);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  execFileSync('git', [
    `--git-dir=${made.state.team}`,
    ...['worktree', 'add', '--quiet', '-b', `belfry/${task.toLowerCase()}`, folder, 'belfry-trunk'],
  ]);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git('add', '--all');
  git('-c', 'user.name=Kim', '-c', 'user.email=kim@example.invalid', 'commit', '-qm', task);
}

// Compilers are slow to start on a busy machine.
test.each(Object.entries(pairs))(
  '%s',
  { timeout: 90_000 },
  async (_name, { base, first, second }) => {
    hub = new TemporaryHub();
    hub.commit({
      'tsconfig.json': JSON.stringify(config),
      'package.json': '{"type":"module"}',
      ...base,
    });
    await hub.open();
    branch(hub, 'T-1', first);
    branch(hub, 'T-2', second);
    const { state, repository } = hub;
    const trunk = createTrunk({ repository, state, trunkName: 'main' });
    const build = async (task: string) => {
      const answer = await trunk.build(task as TaskId, 1, {
        title: task,
        agent: 'eng-1',
        at: 1_700_000_000_000,
        commands: [],
      });
      if (answer.kind !== 'built') throw new Error(`${task}: ${answer.kind}`);
      return answer.candidate;
    };
    const check = (commit: string) => gate(state.hub, commit, join(state.root, 'checked'));

    const one = await build('T-1');
    expect(one.beside).toEqual([]);
    expect(check(one.commit)).toEqual({ isGreen: true, output: '' });
    expect(await trunk.land('T-1' as TaskId, one)).toMatchObject({ kind: 'landed' });

    const two = await build('T-2');
    expect(check(two.head)).toEqual({ isGreen: true, output: '' });
    expect(two.beside).toEqual([{ task: 'T-1', files: Object.keys(first).sort() }]);
    const { isGreen, output } = check(two.commit);
    expect(isGreen).toBe(false);
    expect(blameLanding(two.beside ?? [], output)).toEqual(['T-1']);
    // Nobody has moved the trunk: what is red is told before it lands.
    expect(await trunk.head()).toBe(one.commit);
  },
);
