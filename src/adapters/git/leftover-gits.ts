import { setTimeout as delay } from 'node:timers/promises';
import { findByEnvironment } from '../system/process-table.ts';
import { gitMark, markGits } from './git.ts';

/** Longer than any step of ours takes; what runs on after this hangs. */
const waitMsMax = 30_000;
const pollMs = 20;

/**
 * A git that Belfry started outlives a Belfry that is killed, and may be half through with files of the
 * person or of an agent. It is waited for, not ended: what it does is whole only at its end. From here on
 * the gits of this process are marked with `owner`.
 */
export async function waitForLeftoverGits(owner: string): Promise<void> {
  const end = performance.now() + waitMsMax;
  while (findByEnvironment(gitMark, owner).length > 0 && performance.now() < end)
    await delay(pollMs);
  markGits(owner);
}
