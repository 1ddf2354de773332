import { expect, test } from 'vitest';
import { fitLine, lineText, span } from '../../../src/ui/present/line.ts';

const fitted = (texts: readonly string[], width: number) =>
  lineText(
    fitLine(
      texts.map(one => span(one)),
      width,
    ),
  );

test('wherever the edge falls, a row that goes on says so', () => {
  const parts = ['landed 14', ' · ', 'caught 5', ' · ', '日本語'];
  const whole = parts.join('');
  for (let width = 1; width < whole.length + 3; width += 1)
    expect(fitted(parts, width).trimEnd(), `${width}`).toMatch(/…$/);
  expect(fitted(parts, whole.length + 3)).toBe(whole);
});

test('a gap that is left out at the edge is nothing that is missing', () => {
  expect(fitted(['whole', '  '], 5)).toBe('whole');
});
