import { open } from 'node:fs/promises';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import { openEnvelope } from './envelope.ts';
import { type Predicate, parseStatement, sha256Of } from './statement.ts';

/** Of the file's end, what is read at a start: some two hundred receipts. A line takes about one kilobyte. */
const tailBytesMax = 262_144;
const lineFeed = 0x0a;
export const firstPrevious = '0'.repeat(64);

export type Tail = {
  /** Where the last whole line ends. */
  readonly goodBytes: number;
  /** What comes after it: a write that was cut. */
  readonly torn: Buffer;
  /** Hash of the last whole line. */
  readonly previous: string;
  /** The newest lines that can be read, oldest first. Their signatures are not looked at. */
  readonly newest: readonly { readonly hash: string; readonly said: Predicate }[];
};

/** The end of the file, in bounded memory however long it is. Rejects when it ends in what cannot be lines of ours. */
export async function readTail(path: string): Promise<Tail> {
  const { bytes, from } = await readEnd(path);
  const goodBytes = bytes.lastIndexOf(lineFeed) + 1;
  // The first line of a part of the file may itself be a part.
  const start = from === 0 ? 0 : bytes.indexOf(lineFeed) + 1;
  if (from > 0 && goodBytes <= start)
    throw new Error(
      `${path} ends in ${bytes.length} bytes that are no receipt; move it away and keep it, then start again`,
    );
  const lines = bytes.subarray(start, goodBytes).toString('utf8').split('\n').slice(0, -1);
  const newest = lines.flatMap(line => {
    const said = parseStatement(openEnvelope(line)?.payload ?? '');
    return said === null ? [] : [{ hash: sha256Of(line), said }];
  });
  const last = lines.at(-1);
  return {
    goodBytes: from + goodBytes,
    torn: bytes.subarray(goodBytes),
    previous: last === undefined ? firstPrevious : sha256Of(last),
    newest,
  };
}

async function readEnd(path: string): Promise<{ readonly bytes: Buffer; readonly from: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - tailBytesMax);
      const bytes = Buffer.alloc(size - from);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return { bytes: bytes.subarray(0, bytesRead), from };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { bytes: Buffer.alloc(0), from: 0 };
    throw new Error(`${path} cannot be read: ${messageOf(error)}`);
  }
}
