import { expect, it } from 'vitest';
import { Compositor } from '../../src/ui/io/compositor.ts';

it('clears a row before it is written: behind a full one its last column would be cleared', () => {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) > 0, once: () => {} };
  new Compositor(output, true).showFrame('full row\nanother');
  const rows = written
    .join('')
    .split(/(?=\u001b\[\d+;1H)/)
    .slice(1);
  expect(rows).toHaveLength(2);
  for (const row of rows)
    expect(row).toMatch(/^\u001b\[\d;1H\u001b\[0m\u001b\[2K(full row|another)[^K]*$/);
});
