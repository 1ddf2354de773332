import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Notices of changes to one file, which need not exist. A folder that cannot be watched gives none. */
export function watchFolder(path: string, onChange: () => void): () => void {
  const name = basename(path);
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) onChange();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
