import { join } from 'node:path';
import chokidar, { type FSWatcher } from 'chokidar';
import { runGit } from '../git.ts';

/** A rebase or a pull moves a branch several times at once. */
const quietMs = 300;

/**
 * Calls back after the person's branch moved, by whatever program: git writes the ref itself, or packs it.
 * Nothing is polled. Returns what stops it.
 */
export function watchBranch(repository: string, branch: string, listener: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const soon = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(listener, quietMs);
  };
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir'];
  void runGit(args, { cwd: repository }).then(({ code, stdout }) => {
    if (isStopped || code !== 0) return;
    const folder = stdout.trim();
    const paths = [join(folder, 'refs', 'heads', branch), join(folder, 'packed-refs')];
    watcher = chokidar.watch(paths, { ignoreInitial: true });
    watcher.on('all', soon).on('error', () => {});
  });
  return () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
    void watcher?.close();
  };
}
