// The pictures in the README show the page as it is.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { looksHash, madeFromFile, picturesFolder } from './made-from.ts';
import { tourSvg } from './tour-svg.ts';

test('they are no older than the screens they show: npm run pictures makes them anew', () => {
  expect(readFileSync(madeFromFile, 'utf8').trim()).toBe(looksHash());
});

test('every picture that the README shows is there, and is a picture', () => {
  const shown = [...readFileSync('README.md', 'utf8').matchAll(/assets\/pictures\/([\w-]+\.\w+)/g)];
  expect(shown.length).toBeGreaterThan(1);
  for (const [, name = ''] of shown) {
    expect(existsSync(picturesFolder + name), name).toBe(true);
    const begin = readFileSync(picturesFolder + name)
      .subarray(0, 4)
      .toString('latin1');
    expect(begin).toBe(name.endsWith('.png') ? '\u0089PNG' : '<svg');
  }
});

test('a tour shows one frame after the other, and writes a row that stays only once', () => {
  const svg = tourSvg(
    [
      { rows: ['<text>same</text>', '<text>one</text>'], seconds: 1 },
      { rows: ['<text>same</text>', '<text>two</text>'], seconds: 3 },
    ],
    80,
  );
  expect(svg.match(/same/g)).toHaveLength(1);
  expect(svg.match(/<use /g)).toHaveLength(4);
  expect(svg).toContain('.f1{animation:f1 4s step-end infinite}');
  expect(svg).toMatch(
    /@keyframes f1\{0%\{visibility:hidden\}25\.000%\{visibility:visible\}100\.000%/,
  );
});
