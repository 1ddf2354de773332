import { expect, test } from 'vitest';
import { lineDiff } from '../../src/lib/line-diff.ts';

test.each<[string, string, string, readonly string[]]>([
  ['the same text', 'a\nb', 'a\nb', []],
  ['a line that came', 'a\nc', 'a\nb\nc', ['+ b']],
  ['a line that went', 'a\nb\nc', 'a\nc', ['- b']],
  ['a line that changed', 'a\nb\nc', 'a\nx\nc', ['- b', '+ x']],
  [
    'two places, with what is between them left out',
    'a\nb\nc\nd\ne',
    'A\nb\nc\nd\nE',
    ['- a', '+ A', '- e', '+ E'],
  ],
  ['a line moved', 'a\nb\nc', 'c\na\nb', ['+ c', '- c']],
  ['from nothing', '', 'a', ['- ', '+ a']],
])('%s', (_name, before, after, expected) => {
  expect(lineDiff(before, after)).toEqual(expected);
});

test('two long texts without a common line are told as replaced, in a moment', () => {
  const text = (word: string) => Array.from({ length: 2_000 }, (_, row) => `${word} ${row}`);
  const rows = lineDiff(text('old').join('\n'), text('new').join('\n'));
  expect(rows).toEqual([
    ...text('old').map(row => `- ${row}`),
    ...text('new').map(row => `+ ${row}`),
  ]);
});
