import { expect, test } from 'vitest';
import { textWidth } from '../../src/lib/text-width.ts';
import { reflowed, wrapText } from '../../src/ui/present/wrap.ts';

const long = 'Fields in double quotes may hold commas, doubled quotes';

test('paragraphs that were broken for an editor become one row, everything else stays', () => {
  expect(reflowed(`${long}\nand line breaks.\n\nThe end.`)).toBe(
    `${long} and line breaks.\n\nThe end.`,
  );
  for (const row of [
    '- a list',
    '1. a list',
    '    code',
    '> a quote',
    '# heading',
    '| table |',
    '```',
  ])
    expect(reflowed(`${long}\n${row}`), row).toBe(`${long}\n${row}`);
  expect(reflowed('short\nverse')).toBe('short\nverse');
  const code = `\`\`\`\n${long}\n${long}\n\`\`\``;
  expect(reflowed(code)).toBe(code);
});

test('a long text is laid out once for each width', () => {
  const text = 'many words '.repeat(200);
  expect(wrapText(text, 40)).toBe(wrapText(text, 40));
  expect(wrapText(text, 40)).not.toEqual(wrapText(text, 60));
});

test('Chinese and Japanese, written without spaces, lose nothing and begin no row with a closing sign', () => {
  const text =
    '世界の時計を読む：日本語のとても長い題名、ここにあって列からはみ出す（はず）。中文也没有空格！';
  for (let width = 6; width <= 40; width += 1) {
    const rows = wrapText(text, width);
    expect(rows.join(''), `width ${width}`).toBe(text);
    for (const row of rows) {
      expect(textWidth(row)).toBeLessThanOrEqual(width);
      expect(row).not.toMatch(/^[、。：）！ー]/);
    }
  }
  expect(wrapText('read 世界時計 now', 8)).toEqual(['read 世', '界時計', 'now']);
});

test('a word wider than the row is broken, at a seam where there is one near, and nothing is lost', () => {
  const path = 'src/adapters/agent-cli/manifest/read-manifest-with-positions.ts:112:7';
  const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  for (const word of [path, hash, `https://example.test/a?b=${hash}&c=d`, '界'.repeat(40)])
    for (let width = 2; width <= 80; width += 1) {
      const rows = wrapText(`see ${word} there`, width);
      const told = rows.join('').replaceAll(' ', '');
      expect(told, `${word} in ${width}`).toBe(`see${word}there`);
      for (const row of rows) expect(textWidth(row)).toBeLessThanOrEqual(width);
    }
  expect(wrapText(`read ${path} first`, 30)).toEqual([
    'read',
    'src/adapters/agent-cli/',
    'manifest/read-manifest-with-',
    'positions.ts:112:7 first',
  ]);
  expect(wrapText(hash, 40)).toEqual([hash.slice(0, 40), hash.slice(40)]);
});

test('a character of several signs is never broken, nor lost where it is wider than the row', () => {
  const accented = 'e\u0301\u0323'.repeat(20);
  const rows = wrapText(accented, 7);
  expect(rows.join('')).toBe(accented);
  for (const row of rows) expect(row).toMatch(/^(?:e\u0301\u0323){1,7}$/u);
  const flags = '🇳🇴'.repeat(6);
  expect(wrapText(flags, 5)).toEqual(['🇳🇴🇳🇴', '🇳🇴🇳🇴', '🇳🇴🇳🇴']);
  expect(wrapText('世界', 1)).toEqual(['世', '界']);
});
