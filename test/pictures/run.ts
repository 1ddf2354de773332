// `npm run pictures`: plays the demo in a terminal that exists only in memory, and writes what it showed
// to assets/pictures: SVG and PNG of single moments, and a tour that moves. No browser, no network.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { svgPage } from '../support/screen-svg.ts';
import { looksHash, madeFromFile, picturesFolder } from './made-from.ts';
import { playDemo } from './play-demo.ts';
import { pngOf } from './png-of.ts';
import { tourSvg } from './tour-svg.ts';

const { stills, tour } = await playDemo(text => process.stdout.write(`${text}\n`));
rmSync(picturesFolder, { recursive: true, force: true });
mkdirSync(picturesFolder, { recursive: true });
for (const { name, rows, cols, palette } of stills) {
  const body = rows.map((row, y) => `<g ${svgPage.moved(y)}>${row}</g>`);
  const svg = svgPage.of(cols, rows.length, palette, body);
  writeFileSync(`${picturesFolder}${name}.svg`, svg);
  writeFileSync(`${picturesFolder}${name}.png`, await pngOf(svg));
}
writeFileSync(`${picturesFolder}tour.svg`, tourSvg(tour.frames, tour.cols));
writeFileSync(madeFromFile, `${looksHash()}\n`);
process.stdout.write(`${stills.length} pictures and a tour of ${tour.frames.length} frames\n`);
