import { statSync } from 'node:fs';
import type { FollowReceipts } from '../../ports/records/receipts.ts';
import { lookAtChanges } from '../following/look-at-changes.ts';
import { receiptsIn } from './file-receipts.ts';
import { readTail } from './receipts-tail.ts';

/** Follows the end of this file, which need not exist yet. What cannot be read is `belfry verify`'s to say. */
export const followReceipts =
  (path: string): FollowReceipts =>
  onRecent => {
    let isStopped = false;
    let bytes = 0;
    const stop = lookAtChanges(path, () => {
      const size = sizeOf(path);
      if (size === bytes) return;
      bytes = size;
      readTail(path).then(
        tail => {
          if (!isStopped) onRecent(receiptsIn(tail));
        },
        () => {},
      );
    });
    return () => {
      isStopped = true;
      stop();
    };
  };

/** 0 of what cannot be looked at, too: nobody waits here who could be told. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
