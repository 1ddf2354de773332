import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const frames = fileURLToPath(new URL('../ui/frames/', import.meta.url));

export const picturesFolder = fileURLToPath(new URL('../../assets/pictures/', import.meta.url));

/** Beside the pictures: what the page looked like when they were made. */
export const madeFromFile = `${picturesFolder}made-from.txt`;

/** What frames of text do not show: colours, and how a terminal is played back. */
const sources = ['theme', 'replay', 'present/views/replay-view.ts'].map(path =>
  fileURLToPath(new URL(`../../src/ui/${path}`, import.meta.url)),
);

/**
 * Stands for how the page looks, without running anything: the frames that the tests compare with what is
 * drawn, and what gives them colour. A change that can be seen changes one of them; nearly all that cannot
 * leave the pictures as good as they were.
 */
export function looksHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(frames)
    .filter(one => one.endsWith('.txt'))
    .toSorted())
    hash.update(`${name}\n${readFileSync(frames + name, 'utf8')}`);
  for (const file of sources.flatMap(filesIn)) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** The file itself, or those in the folder, in the order of their names. */
function filesIn(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .toSorted()
    .map(name => join(path, name));
}
