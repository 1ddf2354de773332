import { expect, test } from 'vitest';
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
