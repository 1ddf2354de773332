import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Change notices can be missing (network drives, used-up watches): a file is looked at this often anyway. */
const lookEveryMs = 1_000;

/**
 * Calls `look` soon, and then whenever the file may have changed. It need not exist yet, and neither need its
 * folder. Returns what stops it; nothing is called after that.
 */
export function lookAtChanges(path: string, look: () => void): () => void {
  let isStopped = false;
  const lookUntilStopped = (): void => {
    if (!isStopped) look();
  };
  const stopWatching = watchFolder(path, lookUntilStopped);
  const timer = setInterval(lookUntilStopped, lookEveryMs);
  timer.unref();
  // Never inside the call: whoever listens may not be ready before it returned.
  queueMicrotask(lookUntilStopped);
  return () => {
    isStopped = true;
    clearInterval(timer);
    stopWatching();
  };
}

/** Notices of changes to one file. A folder that cannot be watched gives none. */
function watchFolder(path: string, onChange: () => void): () => void {
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
