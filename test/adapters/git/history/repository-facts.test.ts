import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { borrowObjects } from '../../../../src/adapters/git/history/borrow-objects.ts';
import { createRepositoryFacts } from '../../../../src/adapters/git/history/repository-facts.ts';
import type { PlanFacts } from '../../../../src/core/plan/plan-facts.ts';
import { TemporaryHub } from '../hub.ts';

const hub = new TemporaryHub();
let facts: PlanFacts;

beforeAll(async () => {
  hub.write({
    'README.md': 'x'.repeat(400),
    'src/a.ts': 'export const a = 1;',
    'src/a b\n.ts': 'export const odd = 1;',
    'src/b.ts': "import { a } from '../a.ts';",
    'src/deep/c.py': 'def c():\n    pass\n',
    'logo.png': Buffer.from([0, 1, 2, 255]),
  });
  symlinkSync('a.ts', join(hub.repository, 'src', 'link.ts'));
  hub.commit({}, 'begin');
  for (let count = 2; count <= 5; count += 1)
    hub.commit({ 'src/a.ts': `export const a = ${count};`, 'src/b.ts': `// ${count}` }, 'a and b');
  hub.commit({ 'src/b.ts': "import { a } from '../a.ts';\n" }, 'b alone');
  const many = Array.from(
    { length: 30 },
    (_, index) => [`src/gen/${index}.ts`, 'export {};'] as const,
  );
  for (let count = 0; count < 15; count += 1)
    hub.commit(
      Object.fromEntries(many.map(([path]) => [path, `export const n${count} = 1;`])),
      'generate',
    );
  await hub.open();
  facts = await createRepositoryFacts({ gitDir: hub.state.hub }).read([
    'src/*.ts',
    'src/deep',
    'nothing/**',
  ]);
});
afterAll(() => hub.remove());

test('knows every file and its tokens, binary files as none, links not at all', () => {
  const files = Object.fromEntries(facts.files.map(({ path, tokens }) => [path, tokens]));
  expect(files).toMatchObject({ 'README.md': 100, 'src/a.ts': 5, 'logo.png': 0 });
  expect(Object.keys(files)).toContain('src/a b\n.ts');
  expect(Object.keys(files)).not.toContain('src/link.ts');
  const paths = facts.files.map(({ path }) => path);
  expect(paths).toEqual(paths.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('knows what changed together, and not what a huge commit swept together', () => {
  const [beside] = facts.companions.get('src/b.ts') ?? [];
  expect(beside).toEqual({ path: 'src/a.ts', together: 5, share: 5 / 6 });
  expect(facts.companions.get('src/a.ts')?.[0]).toMatchObject({ path: 'src/b.ts', share: 1 });
  expect(facts.companions.has('src/gen/1.ts')).toBe(false);
  expect(facts.companions.has('README.md')).toBe(false);
});

test('knows which part of the commits changed a file', () => {
  expect(facts.changeShares.get('src/gen/1.ts')).toBeCloseTo(15 / 21);
});

test('reads symbols of the scope only, whatever the language', () => {
  expect(facts.symbols.get('src/a.ts')).toEqual({ exported: ['a'], imported: [] });
  expect(facts.symbols.get('src/b.ts')?.imported).toEqual(['a']);
  expect(facts.symbols.get('src/a b\n.ts')?.exported).toEqual(['odd']);
  expect(facts.symbols.get('src/deep/c.py')?.exported).toEqual(['c']);
  expect(facts.symbols.has('src/gen/1.ts')).toBe(false);
});

test('the same reader sees a trunk that moved, and rejects for one that is gone', async () => {
  const reader = createRepositoryFacts({ gitDir: hub.state.hub });
  const before = await reader.read([]);
  expect((await reader.read([])).files).toBe(before.files);
  const git = (...args: string[]) =>
    execFileSync('git', [`--git-dir=${hub.state.hub}`, ...args], { encoding: 'utf8' }).trim();
  git('update-ref', 'refs/heads/belfry-trunk', git('rev-parse', 'refs/heads/belfry-trunk~20'));
  expect((await reader.read([])).files.length).toBeLessThan(before.files.length);
  git('update-ref', '-d', 'refs/heads/belfry-trunk');
  await expect(reader.read([])).rejects.toThrow('rev-parse');
});

test('reads a person’s repository without ever asking its configuration', async () => {
  const trap = join(hub.root, 'trap');
  for (const key of ['core.fsmonitor', 'core.pager', 'log.showSignature', 'gpg.program'])
    hub.git('config', key, key === 'log.showSignature' ? 'true' : `touch ${trap}`);
  const borrowed = await borrowObjects(hub.repository, 'main');
  const { gitDir, commit: revision } = borrowed;
  const read = await createRepositoryFacts({ gitDir, revision }).read(['src/a.ts']);
  expect(read.symbols.get('src/a.ts')?.exported).toEqual(['a']);
  expect(read.companions.size).toBe(2);
  await borrowed.remove();
  expect(existsSync(gitDir)).toBe(false);
  expect(existsSync(trap)).toBe(false);
  await expect(borrowObjects(hub.repository, 'nothing')).rejects.toThrow('rev-parse');
});
