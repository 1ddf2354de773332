// The code's own rules: the arrows between the rooms, sizes, purity. The linter says the same of
// imports; this table is the law that both follow.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const mayImport: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  core: ['lib'],
  ports: ['core', 'lib'],
  adapters: ['ports', 'core', 'lib'],
  supervisor: ['ports', 'core', 'lib'],
  ui: ['ports', 'core', 'lib'],
  cli: ['ui', 'supervisor', 'adapters', 'ports', 'core', 'lib'],
};
const impure = /\b(Math\.random|Date\.now|new Date\(|async |await |Promise<)/;
const linesMax = 300;
const filesPerFolderMax = 20;

const listed = (...paths: string[]) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...paths], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter(path => existsSync(path));
const sources = listed('src').filter(path => /\.tsx?$/.test(path));
const roomOf = (path: string) => path.split('/')[1] ?? '';
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(match => match[1] ?? '');

/** What is wrong with one source file, in words. */
function problemsOf(path: string, text: string): string[] {
  const room = roomOf(path);
  const allowed = mayImport[room];
  if (allowed === undefined) return [`${room} is no room of this house`];
  const problems: string[] = [];
  if (text.split('\n').length > linesMax) problems.push(`more than ${linesMax} lines`);
  if ((room === 'core' || room === 'lib') && impure.test(text)) problems.push('not pure');
  if (/\b(FIXME|TODO|XXX)\b/.test(text)) problems.push('an open end is left behind');
  for (const target of importsOf(text)) {
    if (!target.startsWith('.')) {
      if (['core', 'ports', 'lib'].includes(room) && target.startsWith('node:'))
        problems.push(`${room} may not know Node: ${target}`);
      continue;
    }
    const file = normalize(join(dirname(path), target));
    if (file === 'package.json' && room === 'cli') continue;
    const targetRoom = roomOf(file);
    if (targetRoom !== room && !allowed.includes(targetRoom))
      problems.push(`${room} may not import ${targetRoom}: ${target}`);
  }
  return problems;
}

test.each(sources)('%s keeps the law', path => {
  expect(problemsOf(path, readFileSync(path, 'utf8'))).toEqual([]);
});

test('the check itself sees what it is there to see', () => {
  expect(problemsOf('src/ui/a.ts', "import { x } from '../adapters/b.ts';")).toHaveLength(1);
  expect(problemsOf('src/core/a.ts', "import x from 'node:fs';")).toHaveLength(1);
  expect(problemsOf('src/core/a.ts', 'const now = Date.now();')).toEqual(['not pure']);
  expect(problemsOf('src/core/a.ts', '\n'.repeat(linesMax + 1))).toHaveLength(1);
});

/** Files that import each other in a ring, types included; null when there is none. `import()` waits, and counts not. */
function ringIn(files: ReadonlyMap<string, string>): readonly string[] | null {
  const finished = new Set<string>();
  const visit = (path: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(path)) return way.slice(way.indexOf(path));
    const text = finished.has(path) ? undefined : files.get(path);
    if (text === undefined) return null;
    for (const [, target = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const ring = visit(normalize(join(dirname(path), target)), [...way, path]);
      if (ring !== null) return ring;
    }
    finished.add(path);
    return null;
  };
  for (const path of files.keys()) {
    const ring = visit(path, []);
    if (ring !== null) return ring;
  }
  return null;
}

test('no files import each other in a ring, not even types', () => {
  expect(ringIn(new Map(sources.map(path => [path, readFileSync(path, 'utf8')])))).toBeNull();
  const ring = { 'src/a.ts': "import type { B } from './b.ts';", 'src/b.ts': "from './a.ts'" };
  expect(ringIn(new Map(Object.entries(ring)))).toEqual(['src/a.ts', 'src/b.ts']);
});

/** Functions, classes and constants that a file exports and no other file names. */
function unnamedExports(files: ReadonlyMap<string, string>): readonly string[] {
  const naming = new Map<string, number>();
  for (const text of files.values())
    for (const word of new Set(text.match(/\w+/g))) naming.set(word, (naming.get(word) ?? 0) + 1);
  return [...files].flatMap(([path, text]) =>
    [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
      .filter(([, name = '']) => naming.get(name) === 1)
      .map(([, name]) => `${path}: ${name}`),
  );
}

test('nothing is exported that no other file names', () => {
  const all = listed('src', 'test').filter(path => /\.(tsx?|mjs)$/.test(path));
  const files = new Map(all.map(path => [path, readFileSync(path, 'utf8')]));
  expect(unnamedExports(files)).toEqual([]);
  const lonely = { 'a.ts': 'export const used = 1;\nexport class Lonely {}', 'b.ts': 'used' };
  expect(unnamedExports(new Map(Object.entries(lonely)))).toEqual(['a.ts: Lonely']);
});

test('no folder is a heap', () => {
  const counts = new Map<string, number>();
  for (const path of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const heaps = [...counts].filter(([, count]) => count > filesPerFolderMax);
  expect(heaps).toEqual([]);
});

test('no file of the tree names this machine or a package host', () => {
  const found = listed()
    .filter(path => path !== 'package-lock.json' && path !== 'test/tidy.test.ts')
    .filter(path => /\.(ts|tsx|mjs|md|json|yaml|sh)$/.test(path))
    .filter(path => /\/root\/|\/home\/[a-z]+\/|registry\.npm/.test(readFileSync(path, 'utf8')));
  expect(found).toEqual([]);
});

/** Paths that a text names and that are not there; what stands in a person's repository or in dist is not ours. */
function deadPaths(text: string, tracked: readonly string[]): readonly string[] {
  const places = new Set(tracked.flatMap(path => [path, ...foldersOf(path)]));
  const roots = ['', 'src/', 'src/core/', 'src/adapters/', 'src/adapters/agent-cli/', 'test/'];
  const isThere = (name: string) =>
    roots.some(root => places.has(root + name) || places.has(`${root}${name}.ts`));
  return [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)\/?`/g)]
    .map(([, name = '']) => name)
    .filter(name => !/^(dist|belfry|\.belfry|T-\d+)\/|NAME/.test(name) && !isThere(name));
}

const foldersOf = (path: string): readonly string[] =>
  path === dirname(path) ? [] : [dirname(path), ...foldersOf(dirname(path))];

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('every path that %s names is there', name => {
  expect(deadPaths(readFileSync(name, 'utf8'), listed())).toEqual([]);
  expect(deadPaths('`core/gone.ts` and `core/step.ts`', listed())).toEqual(['core/gone.ts']);
});
