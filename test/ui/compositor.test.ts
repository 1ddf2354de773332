import { expect, it } from 'vitest';
import { Compositor } from '../../src/ui/io/compositor.ts';

const driver = () => {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) > 0, once: () => {} };
  return { written, compositor: new Compositor(output, true) };
};

const flushed = () => new Promise<void>(resolve => queueMicrotask(resolve));
const wide = { x: 0, y: 0, width: 8, height: 2 };

it('nothing is erased: behind a full row its last column would be, and every row is full', async () => {
  const { written, compositor } = driver();
  compositor.setBlock('page', { rect: wide, rows: ['full row', 'another '], isFront: false });
  await flushed();
  expect(written.join('')).toContain('full row');
  expect(written.join('')).not.toMatch(/\u001b\[\d*[JK]/);
});

it('only rows that changed are written, all of one go at once', async () => {
  const { written, compositor } = driver();
  compositor.setBlock('page', { rect: wide, rows: ['one     ', 'two     '], isFront: false });
  await flushed();
  compositor.setBlock('page', { rect: wide, rows: ['one     ', 'three   '], isFront: false });
  compositor.setBlock('foot', {
    rect: { ...wide, y: 2, height: 1 },
    rows: ['foot    '],
    isFront: false,
  });
  await flushed();
  expect(written).toHaveLength(2);
  expect(written[1]).not.toContain('one');
  expect(written[1]).toMatch(/three[\s\S]*foot/);
});

it('what comes to sight again when a box closes is drawn again, and a box is never drawn over', async () => {
  const { written, compositor } = driver();
  const box = { rect: { x: 2, y: 1, width: 3, height: 1 }, rows: ['box'], isFront: true };
  compositor.setBlock('page', { rect: wide, rows: ['one     ', 'two     '], isFront: false });
  compositor.setBlock('box', box);
  await flushed();
  compositor.setBlock('page', { rect: wide, rows: ['one     ', 'three   '], isFront: false });
  await flushed();
  expect(written[1]).toMatch(/three[\s\S]*box/);
  compositor.removeBlock('box');
  await flushed();
  expect(written[2]).toContain('three');
  expect(written[2]).not.toContain('one');
});
