import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cutText, fitText, textWidth } from '../../src/lib/text-width.ts';

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['Käse', 4],
    ['e\u0301', 1],
    ['漢字', 4],
    ['👩‍👩‍👧', 2],
    ['👩🏽', 2],
    ['🇨🇭', 2],
    ['✓ ok', 4],
    ['│─█', 3],
  ])('measures %j as %i columns', (text, columns) => {
    expect(textWidth(text)).toBe(columns);
  });
});

describe('cutText', () => {
  it.each([
    ['plain', 5, 'plain'],
    ['plain', 4, 'pla…'],
    ['plain', 1, '…'],
    ['plain', 0, ''],
    ['plain', -3, ''],
    ['', 4, ''],
    ['漢字', 4, '漢字'],
    ['漢字', 3, '漢…'],
    ['漢字', 2, '…'],
    ['漢', 1, '…'],
    ['a👩‍👩‍👧b', 4, 'a👩‍👩‍👧b'],
    ['a👩‍👩‍👧b', 3, 'a…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('cuts %j to %i columns: %j', (text, width, expected) => {
    expect(cutText(text, width)).toBe(expected);
    expect(textWidth(expected)).toBeLessThanOrEqual(Math.max(0, width));
  });

  it('looks no further than it must', () => {
    const text = `${'漢字e\u0301'.repeat(400_000)}`;
    const startedAt = performance.now();
    expect(textWidth(cutText(text, 80))).toBe(80);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('fitText', () => {
  it.each(['plain', '', '漢字漢字', 'a👩‍👩‍👧b', 'e\u0301', 'longer than the room there is'])(
    'gives %j exactly the columns asked for',
    text => {
      for (let width = 0; width <= 12; width += 1) {
        expect(textWidth(fitText(text, width))).toBe(width);
      }
    },
  );
});

it('the quick way of measuring agrees with the thorough one on every character it takes', () => {
  const odd: string[] = [];
  for (let code = 0x20; code < 0x3000; code += 1) {
    const text = String.fromCodePoint(code);
    if (/[\u0080-\u009f\u00ad\p{Cn}\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u.test(text) || code === 0x7f)
      continue;
    if (textWidth(text) !== stringWidth(text)) odd.push(`U+${code.toString(16)}`);
  }
  expect(odd).toEqual([]);
});
