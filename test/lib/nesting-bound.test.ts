import { expect, it } from 'vitest';
import { mayNestDeeply } from '../../src/lib/nesting-bound.ts';

it.each([
  ['a list of lists', 'a: [[1, 2], [3]]', false],
  ['a line of dashes', `# ${'-'.repeat(200)}\na: b ${'-'.repeat(80)} c`, false],
  ['a long list', '- x\n'.repeat(5_000), false],
  ['many brackets', '['.repeat(600), true],
  ['many brackets in text', `a: "${'{'.repeat(600)}"`, true],
  ['items in items', '- '.repeat(40), true],
  ['items in items, spaced', '-   '.repeat(40), true],
  ['questions in items', '? - '.repeat(40), true],
])('%s', (_what, yaml, expected) => {
  expect(mayNestDeeply(yaml)).toBe(expected);
});
