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
