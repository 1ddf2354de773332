import type { StateFolder } from '../system/state-folder.ts';
import { mustGit } from './git.ts';

/** As many as git itself lets come together before it packs them (git-gc, `gc.auto`). */
const looseObjectsMax = 6_700;

/**
 * Git's own housekeeping is off, because agents' repositories could configure it; without any, each file of
 * each commit stays a file of its own. Packs what some ref reaches, and deletes nothing that none reaches.
 * Left out is the gate's repository: its configuration is whatever the last tests made of it.
 */
export async function packLooseObjects(
  state: Pick<StateFolder, 'hub' | 'teamView'>,
  onError: (reason: string) => void,
  looseMax = looseObjectsMax,
): Promise<void> {
  for (const gitDir of [state.hub, state.teamView])
    try {
      const loose = Number.parseInt(await mustGit(['count-objects'], { gitDir }), 10);
      if (loose > looseMax) await mustGit(['repack', '-d', '-l', '-q'], { gitDir });
    } catch (error) {
      onError(`objects stay unpacked: ${error instanceof Error ? error.message : String(error)}`);
    }
}
