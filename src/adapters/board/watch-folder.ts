import { mkdirSync } from 'node:fs';
import { watch } from 'chokidar';

const quietMs = 50;
/** Somebody who writes without a pause is looked at this often all the same. */
const quietWaitMaxMs = 500;
/** The kernel may drop events, watches may run out, the folder may be replaced: a look costs little. */
const anywayMs = 5_000;

/**
 * Calls `look` after something changed in the folder and 50 ms passed quietly, and now and then anyway.
 * Never two looks at once. `look` answers with the milliseconds after which it wants to be called again,
 * or null. Returns what stops it.
 */
export function watchFolder(folder: string, look: () => Promise<number | null>): () => void {
  let isStopped = false;
  let isLooking = false;
  let isWanted = false;
  let firstEventAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const schedule = (delayMs: number) => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  };
  const run = async () => {
    if (isLooking) {
      isWanted = true;
      return;
    }
    isLooking = true;
    firstEventAt = null;
    // A look that failed is made again with the others.
    const againMs = await look().catch(() => null);
    isLooking = false;
    if (isWanted) schedule(0);
    else if (againMs !== null && firstEventAt === null) schedule(againMs);
    isWanted = false;
  };
  const onEvent = () => {
    firstEventAt ??= performance.now();
    const leftMs = firstEventAt + quietWaitMaxMs - performance.now();
    schedule(Math.max(0, Math.min(quietMs, leftMs)));
  };

  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // The first look says what is wrong with the folder.
  }
  const watcher = watch(folder, { followSymlinks: false, depth: 0 });
  watcher.on('all', onEvent).on('error', () => {});
  const anyway = setInterval(() => void run(), anywayMs).unref();
  schedule(quietMs);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    clearInterval(anyway);
    void watcher.close();
  };
}
