import { expect, test } from 'vitest';
import { diffRows } from '../../../src/ui/diff/diff-rows.ts';
import { parseDiff } from '../../../src/ui/diff/parse-diff.ts';
import { wordChanges } from '../../../src/ui/diff/word-changes.ts';
import { morningDiff } from '../../support/morning.ts';

test('files, kinds, counts and line numbers of both sides', () => {
  const { files } = parseDiff(morningDiff);
  expect(
    files.map(({ path, from, kind, added, removed }) => [path, from, kind, added, removed]),
  ).toEqual([
    ['src/queue.ts', null, 'changed', 5, 4],
    ['test/queue.test.ts', null, 'added', 3, 0],
    ['docs/older.md', 'docs/old.md', 'renamed', 1, 1],
  ]);
  const [first] = files[0]?.hunks ?? [];
  expect(first?.heading).toBe('export class Queue<Item> {');
  expect(first?.lines.slice(0, 5).map(line => [line.kind, line.oldNumber, line.newNumber])).toEqual(
    [
      ['context', 10, 10],
      ['removed', 11, null],
      ['removed', 12, null],
      ['added', null, 11],
      ['added', null, 12],
    ],
  );
});

test('a row that begins with two signs is a row, not a header', () => {
  const text =
    'diff --git a/a.sql b/a.sql\n--- a/a.sql\n+++ b/a.sql\n@@ -1,2 +1,2 @@\n--- old\n+++ new\n';
  const [file] = parseDiff(text).files;
  expect(file?.hunks[0]?.lines.map(line => line.text)).toEqual(['-- old', '++ new']);
});

test('a deleted, a binary and a torn file are read as far as they go', () => {
  const text = [
    'diff --git a/gone.txt b/gone.txt',
    'deleted file mode 100644',
    '@@ -1 +0,0 @@',
    '-last words',
    '\\ No newline at end of file',
    'diff --git a/logo.png b/logo.png',
    'Binary files a/logo.png and b/logo.png differ',
    'diff --git a/a b.ts b/a b.ts',
    '@@ -1 +1 @@',
    '-x',
    '… cut here',
  ].join('\n');
  const diff = parseDiff(text);
  expect(diff.files.map(file => [file.path, file.kind])).toEqual([
    ['gone.txt', 'deleted'],
    ['logo.png', 'binary'],
    ['a b.ts', 'changed'],
  ]);
  expect(diff.isCut).toBe(true);
  expect(diffRows(diff).at(-1)).toMatchObject({ kind: 'note' });
});

test('words that differ are told from those that stay', () => {
  expect(wordChanges('while (size > limit) pop();', 'while (size > 0) pop();')).toEqual({
    before: [
      { text: 'while (size > ', isChanged: false },
      { text: 'limit', isChanged: true },
      { text: ') pop();', isChanged: false },
    ],
    after: [
      { text: 'while (size > ', isChanged: false },
      { text: '0', isChanged: true },
      { text: ') pop();', isChanged: false },
    ],
  });
});

test('rows that have little in common, or too many words, are left whole', () => {
  expect(wordChanges('alpha beta gamma', 'entirely different words here')).toBeNull();
  expect(wordChanges('a '.repeat(5_000), 'a '.repeat(4_999))).toBeNull();
});
