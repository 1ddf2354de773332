import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyTable, withKeyTable } from '../../../src/ui/keymap/key-table.ts';
import { keymap, keyWord } from '../../../src/ui/keymap/keymap.ts';

test('the table names every key of the keymap', () => {
  const table = keyTable();
  for (const key of keymap.flatMap(row => row.keys)) {
    expect(table).toContain(`\`${keyWord(key).replaceAll('|', '\\|')}\``);
  }
});

test('only what stands between the marks is replaced, and a second time changes nothing', () => {
  const text = 'before\n<!-- keys:begin -->\nstale text\n<!-- keys:end -->\nafter\n';
  const written = withKeyTable(text) ?? '';
  expect(written.startsWith('before\n<!-- keys:begin -->\n| Key |')).toBe(true);
  expect(written.endsWith('|\n<!-- keys:end -->\nafter\n')).toBe(true);
  expect(written).not.toContain('stale text');
  expect(withKeyTable(written)).toBe(written);
  expect(withKeyTable('no marks')).toBeNull();
  expect(withKeyTable('<!-- keys:end --><!-- keys:begin -->')).toBeNull();
});

test('the README’s table is the one of the code: npm run docs writes it', () => {
  if (!existsSync('README.md')) return;
  const text = readFileSync('README.md', 'utf8');
  expect(withKeyTable(text)).toBe(text);
});
