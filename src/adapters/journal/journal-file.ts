import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../system/sync-folder.ts';

/** The operations of a file that the journal needs; between it and the disk so that tests can break them. */
export interface JournalFile {
  /** Writes at `position`, perhaps only the beginning. Resolves with the count of bytes written. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Resolves when what was written, and the file's length, are on stable storage. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenJournalFile = (path: string) => Promise<JournalFile>;

/** Opens for writing, creates it for this user only where it is missing, and makes its name durable. */
export const openJournalFile: OpenJournalFile = async path => {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  const handle = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  await handle.chmod(0o600);
  await handle.sync();
  await syncFolder(dirname(path));
  return {
    write: async (bytes, position) =>
      (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    sync: () => handle.datasync(),
    truncate: length => handle.truncate(length),
    close: () => handle.close(),
  };
};

/** Writes a new file beside the journal, durable when it resolves. */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
}
