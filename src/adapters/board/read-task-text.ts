import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../lib/thrown.ts';

export type TaskText =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly mode: number;
      /** When somebody last wrote it, by the clock of the file system. */
      readonly changedAt: number;
      /** The file is longer than what was read. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'unfit'; readonly reason: string }
  | { readonly kind: 'gone' };

/**
 * Reads at most `bytesMax` of a regular file. Follows no link and never waits for a pipe: whoever can
 * write the repository chooses what lies in this folder.
 */
export async function readTaskText(path: string, bytesMax: number): Promise<TaskText> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return unread(error);
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { kind: 'unfit', reason: 'this is not a file: move it away' };
    const bytes = Buffer.alloc(Math.min(bytesMax, stat.size));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    const isCut = stat.size > bytesMax;
    const text = decode(bytes.subarray(0, length), isCut);
    if (text === null) return { kind: 'unfit', reason: 'this is not UTF-8 text: save it as UTF-8' };
    return { kind: 'text', text, mode: stat.mode & 0o777, changedAt: stat.mtimeMs, isCut };
  } catch (error) {
    return unread(error);
  } finally {
    await file.close();
  }
}

/** Null unless encoding the text again gives the same bytes. A character cut in half at the end is left out. */
function decode(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: isCut,
    });
  } catch {
    return null;
  }
}

function unread(error: unknown): TaskText {
  const code = codeOf(error);
  if (code === 'ENOENT') return { kind: 'gone' };
  if (code === 'ELOOP' || code === 'EMLINK')
    return { kind: 'unfit', reason: 'this is a symbolic link: put the file itself here' };
  if (code === 'EACCES' || code === 'EPERM')
    return { kind: 'unfit', reason: 'this cannot be read: check its permissions' };
  return { kind: 'unfit', reason: `this cannot be read: ${code ?? String(error)}` };
}
