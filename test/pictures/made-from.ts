import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const frames = fileURLToPath(new URL('../ui/frames/', import.meta.url));

export const picturesFolder = fileURLToPath(new URL('../../assets/pictures/', import.meta.url));

/** Beside the pictures: what the page looked like when they were made. */
export const madeFromFile = `${picturesFolder}made-from.txt`;

/**
 * Stands for how the page looks, without running anything: the frames that the tests compare with what is
 * drawn. A change that can be seen changes one of them; a change that cannot leaves the pictures as good
 * as they were.
 */
export function looksHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(frames)
    .filter(one => one.endsWith('.txt'))
    .toSorted())
    hash.update(`${name}\n${readFileSync(frames + name, 'utf8')}`);
  return hash.digest('hex');
}
