import { open } from 'node:fs/promises';

/** A file's name, new or changed, is durable only after its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
