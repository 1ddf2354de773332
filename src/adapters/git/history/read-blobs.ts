import { randomUUID } from 'node:crypto';
import { mustGit } from '../git.ts';

/** The texts of blobs or commits, byte for byte, by their id. Those that cannot be had are missing. */
export async function readBlobs(
  gitDir: string,
  oids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (oids.length === 0) return new Map();
  // A head line that no blob can hold, so that the answer can be cut without counting bytes.
  const mark = `blob ${randomUUID()}`;
  const text = await mustGit(['cat-file', '--buffer', `--batch=${mark} %(objectname)`], {
    gitDir,
    input: `${oids.join('\n')}\n`,
  });
  const found = new Map<string, string>();
  // The line feed after the last one is cut from the answer already.
  for (const part of `${text}\n`.split(`${mark} `).slice(1)) {
    const end = part.indexOf('\n');
    found.set(part.slice(0, end), part.slice(end + 1).replace(/\n$/, ''));
  }
  return found;
}
