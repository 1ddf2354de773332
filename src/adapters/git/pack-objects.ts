import { messageOf } from '../../lib/thrown.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit } from './git.ts';

/** As many as git itself lets come together before it packs them (git-gc: `gc.auto`, `gc.autoPackLimit`). */
const packBounds = { looseMax: 6_700, packsMax: 50 } as const;
type Bounds = { readonly looseMax: number; readonly packsMax: number };

/**
 * Git's own housekeeping is off, because agents' repositories could configure it; without any, each file of
 * each commit stays a file of its own, and each branch that is fetched a pack of its own. Deletes nothing: what
 * no ref reaches is packed with the rest. The gate's repository packs itself between two runs, when no test
 * can have changed its configuration.
 */
export async function packObjects(
  state: Pick<StateFolder, 'hub' | 'teamView'>,
  onError: (reason: string) => void,
  bounds: Bounds = packBounds,
): Promise<void> {
  for (const gitDir of [state.hub, state.teamView])
    try {
      if (await isScattered(gitDir, bounds))
        // A pack at least twice as large as the next smaller one stays, so that little is written again.
        await mustGit(['repack', '--geometric=2', '-d', '-l', '-q'], { gitDir });
    } catch (error) {
      onError(`objects stay unpacked: ${messageOf(error)}`);
    }
  // One file for the candidates of each attempt that there ever was, instead of one for each.
  await mustGit(['pack-refs', '--all'], { gitDir: state.hub }).catch(error =>
    onError(`refs stay unpacked: ${messageOf(error)}`),
  );
}

/** Drops what no ref reaches: only for a repository whose objects are all in another one. */
export async function packCopies(gitDir: string, bounds: Bounds = packBounds): Promise<void> {
  if (!(await isScattered(gitDir, bounds))) return;
  await mustGit(['repack', '-a', '-d', '-l', '-q'], { gitDir });
  await mustGit(['prune', '--expire=now'], { gitDir });
}

async function isScattered(gitDir: string, { looseMax, packsMax }: Bounds): Promise<boolean> {
  const text = await mustGit(['count-objects', '-v'], { gitDir });
  const count = (what: string) => Number(new RegExp(`^${what}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return count('count') > looseMax || count('packs') > packsMax;
}
