import { expect, test } from 'vitest';
import { firstThatFit, jsonBytes } from '../../src/lib/first-that-fit.ts';

test.each(['a', 'é', '中', '🚣', '"', '\n', '\u0001', '\ud83d', ''])(
  'the bytes of %j as JSON are those that are written',
  text => expect(jsonBytes([text])).toBe(Buffer.byteLength(JSON.stringify([text]))),
);

test('a list is cut by count and by bytes, whichever comes first', () => {
  const texts = ['aa', 'bb', 'cc'];
  expect(firstThatFit(texts, 2, 100)).toEqual(['aa', 'bb']);
  expect(firstThatFit(texts, 9, 10)).toEqual(['aa', 'bb']);
  expect(firstThatFit(texts, 9, 15)).toEqual(texts);
  expect(firstThatFit(['x'.repeat(99)], 9, 10)).toEqual([]);
});
