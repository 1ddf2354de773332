import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/**
 * After it resolved, the file holds the text even if the power fails; before, and when it rejects, the
 * file is what it was. Readers never see a part. `mode` is not cut by the umask.
 */
export async function writeFileAtomically(path: string, text: string, mode = 0o600): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await writeAll(file, Buffer.from(text));
      if (mode !== 0o600) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A write may take only the beginning, for instance on a disk that is almost full. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written);
    written += bytesWritten;
  }
}
