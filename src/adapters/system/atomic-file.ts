import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../lib/thrown.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * After it resolved, the file holds the text even if the power fails; before, and when it rejects, the
 * file is what it was. Readers never see a part. `mode` is not cut by the umask.
 */
export async function writeFileAtomically(path: string, text: string, mode = 0o600): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeDraft(draft, text, 0o600, async file => {
      if (mode !== 0o600) await file.chmod(mode);
    });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * The same for a file that must not be there yet: answers false, and changes nothing, when it is. `mode` is cut by
 * the umask.
 */
export async function createFileAtomically(
  path: string,
  text: string,
  mode = 0o600,
): Promise<boolean> {
  const draft = draftOf(path);
  try {
    await writeDraft(draft, text, mode);
    // A link, unlike a rename, never takes the place of what somebody wrote.
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

const draftOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);

async function writeDraft(
  path: string,
  text: string,
  mode: number,
  finish: (file: FileHandle) => Promise<void> = async () => {},
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await writeAll(file, Buffer.from(text));
    await finish(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A write may take only the beginning, for instance on a disk that is almost full. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written);
    written += bytesWritten;
  }
}
