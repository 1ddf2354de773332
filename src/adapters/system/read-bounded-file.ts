import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { codeOf } from '../../lib/thrown.ts';

/** Why a file is not read and what helps, as the end of a sentence that names it: `it is a folder: …`. */
class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
}

const remedy = 'put the file itself in its place';

/**
 * The text of a file that a person or a commit put where it is. Links are followed; pipes and devices are not
 * opened, so that nobody waits for them, and of what has no end no more than `bytesMax` is read. Throws
 * `UnfitFileError`, or the system's error with code ENOENT where there is nothing at all.
 */
export function readBoundedFile(path: string, bytesMax: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBoundedBytes(path, bytesMax));
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new UnfitFileError('it is not UTF-8 text: save it as UTF-8');
  }
}

/** The same, whatever its bytes mean. */
export function readBoundedBytes(path: string, bytesMax: number): Uint8Array {
  const place = placeOf(path);
  const stat = statOf(path, place);
  if (!stat.isFile()) throw new UnfitFileError(`${place} ${kindOf(stat)}: ${remedy}`);
  const bytes = stat.size > bytesMax ? null : readWhole(path, bytesMax);
  if (bytes === null)
    throw new UnfitFileError(
      `it has more than the ${sizeWords(bytesMax)} that are read of such a file: shorten it, or put the right file in its place`,
    );
  return bytes;
}

/** What an open file still has, at most `bytesMax` bytes of it; null when it has more. */
export function readToEnd(file: number, bytesMax: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, bytesMax + 1 - length));
    const read = readSync(file, chunk);
    if (read === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > bytesMax) return null;
  }
}

const chunkBytes = 65_536;

function readWhole(path: string, bytesMax: number): Uint8Array | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unread(error, 'it');
  }
  try {
    // It may have been replaced since it was looked at.
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new UnfitFileError(`it ${kindOf(stat)}: ${remedy}`);
    return readToEnd(file, bytesMax);
  } finally {
    closeSync(file);
  }
}

/** `it`, or where the link leads. */
function placeOf(path: string): string {
  try {
    return lstatSync(path).isSymbolicLink() ? `it leads to ${readlinkSync(path)}, which` : 'it';
  } catch {
    return 'it';
  }
}

function statOf(path: string, place: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unread(error, place);
  }
}

function unread(error: unknown, place: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT')
    return place === 'it' ? error : new UnfitFileError(`${place} does not exist: ${remedy}`);
  if (code === 'ELOOP') return new UnfitFileError(`it is a link in a circle: ${remedy}`);
  if (code === 'EACCES' || code === 'EPERM')
    return new UnfitFileError('you may not read it: check its permissions');
  if (code === 'ENOTDIR')
    return new UnfitFileError('what should be its folder is a file: move that away');
  return new UnfitFileError(
    `the system says ${code ?? String(error)}: check the disk that it is on`,
  );
}

function kindOf(stat: Stats): string {
  if (stat.isDirectory()) return 'is a folder';
  if (stat.isFIFO()) return 'is a pipe';
  return stat.isSocket() ? 'is a socket' : 'is a device';
}

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000_000} MB`;
