import { expect, test } from 'vitest';
import { parsePatch, risksOf } from '../../../src/adapters/git/find-risks.ts';

const patch = (path: string, ...lines: readonly string[]) =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n${lines.join('\n')}\n`;
const risks = (...patches: readonly string[]) => risksOf(parsePatch(patches.join('')));

test.each<[string, string, RegExp]>([
  ['test/a.test.ts', "+  it.skip('adds', () => {});", /skips or singles out/],
  ['src/a.spec.js', "+describe.only('x', () => {})", /skips or singles out/],
  ['tests/test_a.py', '+@pytest.mark.skip', /skips or singles out/],
  ['pkg/a_test.go', '+\tt.Skip("later")', /skips or singles out/],
  ['test/a.ts', "-test('adds', () => {});", /fewer tests: 1 removed, 0 added/],
  ['package.json', '+    "test": "true",', /changes the test script in package.json/],
  ['.github/workflows/ci.yml', '+x', /how tests are run: \.github/],
  ['vitest.config.ts', '+x', /how tests are run: vitest\.config\.ts/],
  ['.belfry/team.yaml', '+x', /how tests are run/],
])('%s with “%s” is a risk', (path, line, risk) => {
  expect(risks(patch(path, line))).toEqual([expect.stringMatching(risk)]);
});

test.each<[string, string]>([
  ['src/skip.ts', '+  list.skip(3);'],
  ['test/a.test.ts', "+  it('skips nothing', () => {});"],
  ['package.json', '+    "testing-library": "1.0.0",'],
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
