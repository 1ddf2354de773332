import { expect, test } from 'vitest';
import { risksOf } from '../../../../src/adapters/git/risks/find-risks.ts';
import { parsePatch } from '../../../../src/adapters/git/risks/read-patches.ts';
import { scriptChanges } from '../../../../src/adapters/git/risks/script-changes.ts';

const patch = (path: string, ...lines: readonly string[]) =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n${lines.join('\n')}\n`;
const commands = [
  ...['npm run check', './ci.sh --fast', 'node tools/gate.mjs --config=a/b.cfg'],
  'node --test test/percent.test.ts && node test/run-all.mjs',
];
const risks = (...patches: readonly string[]) => risksOf(parsePatch(patches.join('')), commands);

test.each<[string, string, RegExp]>([
  ['test/a.test.ts', "+  it.skip('adds', () => {});", /skips or singles out/],
  ['src/a.spec.js', "+describe.only('x', () => {})", /skips or singles out/],
  ['tests/test_a.py', '+@pytest.mark.skip', /skips or singles out/],
  ['pkg/a_test.go', '+\tt.Skip("later")', /skips or singles out/],
  ['test/a.ts', "-test('adds', () => {});", /fewer tests: 1 removed, 0 added/],
  ['.github/workflows/ci.yml', '+x', /how tests are run: \.github/],
  ['vitest.config.ts', '+x', /how tests are run: vitest\.config\.ts/],
  ['.belfry/team.yaml', '+x', /how tests are run/],
  ['.belfry/tasks/T-9-mine.md', '+x', /how tests are run/],
  ['.belfry/agent-clis/claude.yaml', '+x', /how tests are run/],
  ['Makefile', '+x', /how tests are run: Makefile/],
  ['web/vite.config.ts', '+x', /how tests are run/],
  ['tests/conftest.py', '+x', /how tests are run/],
  ['pytest.ini', '+x', /how tests are run/],
  ['tox.ini', '+x', /how tests are run/],
  ['pyproject.toml', '+addopts = "-k fast"', /how tests are run/],
  ['ci.sh', '+exit 0', /how tests are run: ci\.sh/],
  ['tools/gate.mjs', '+x', /how tests are run/],
  ['a/b.cfg', '+x', /how tests are run/],
  ['test/run-all.mjs', '+x', /how tests are run/],
  ['test/percent.test.ts', "+  it.skip('adds', () => {});", /^skips or singles out/],
])('%s with “%s” is a risk', (path, line, risk) => {
  expect(risks(patch(path, line))).toEqual([expect.stringMatching(risk)]);
});

test.each<[string, string]>([
  ['src/skip.ts', '+  list.skip(3);'],
  ['test/a.test.ts', "+  it('skips nothing', () => {});"],
  ['package.json', '+    "testing-library": "1.0.0",'],
  ['pyproject.toml', '+version = "1.1"'],
  ['src/ci.sh', '+x'],
  // The test by which the task is accepted, and which it is to write.
  ['test/percent.test.ts', "+  it('gives 100', () => {});"],
  ['src/make.ts', '+x'],
  ['docs/tests.md', '+more tests'],
])('%s with “%s” is none', (path, line) => {
  expect(risks(patch(path, line))).toEqual([]);
});

test('a test that moves is not fewer tests', () => {
  expect(
    risks(patch('test/a.test.ts', "-test('x', f);"), patch('test/b.test.ts', "+test('x', f);")),
  ).toEqual([]);
});

test('a line of a file that looks like the head of a diff divides nothing', () => {
  const text = patch('test/a.test.ts', '+++ b/x', '-diff --git a/b b/b', "-test('x', f);");
  expect(parsePatch(text)).toHaveLength(1);
  expect(risks(text)).toEqual(['has fewer tests: 1 removed, 0 added']);
});

const json = (scripts: Record<string, string>, more: object = {}) =>
  JSON.stringify({ scripts, ...more });
const whole = { check: 'npm run lint && run-p unit:*', lint: 'eslint .', 'unit:a': 'vitest' };

test.each<[string, string | null, string | null, readonly string[]]>([
  [
    'the script of the gate',
    json(whole),
    json({ ...whole, check: 'true' }),
    ['changes the check script'],
  ],
  ['one that it calls', json(whole), json({ ...whole, lint: 'true' }), ['changes the lint script']],
  [
    'one by a pattern',
    json(whole),
    json({ ...whole, 'unit:a': 'true' }),
    ['changes the unit:a script'],
  ],
  [
    'one before it',
    json(whole),
    json({ ...whole, precheck: 'rm -r test' }),
    ['changes the precheck script'],
  ],
  ['the tests', json({}), json({ test: 'true' }), ['changes the test script']],
  ['one that nobody calls', json(whole), json({ ...whole, start: 'node .' }), []],
  ['a version', json(whole), json(whole, { version: '2.0.0' }), []],
  ['a runner', json(whole), json(whole, { jest: {} }), ['changes the configuration of jest']],
  ['a new file without scripts', null, '{}', []],
  ['all of it', json(whole), null, expect.arrayContaining(['changes the check script'])],
  ['a file that is no JSON', json(whole), '{', ['makes the scripts unreadable']],
  ['names of every object', json({}), json({ constructor: 'x', __proto__: 'y' }), []],
])('of package.json, a change of %s is told', (_what, before, after, told) => {
  expect(scriptChanges(before, after, commands)).toEqual(told);
});
