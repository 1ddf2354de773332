import { skipped } from './find-risks.ts';
import { type Patch, readPatches } from './read-patches.ts';

/** Waiting longer, trying again, or not looking: what is done when nobody knows what is wrong. */
const waiting =
  /\b(u?sleep|Thread\.sleep|setTimeout|wait(For)?(Timeout)?|delay|time-?out|retry|retries|retryTimes|flaky)\w*\b/i;

/** Whether all that changed between two commits are sleeps, timeouts, retries and skips. */
export async function changesWaitsOnly(gitDir: string, from: string, to: string): Promise<boolean> {
  const patches = await readPatches(gitDir, from, to);
  return patches !== null && isWaitsOnly(patches);
}

export function isWaitsOnly(patches: readonly Patch[]): boolean {
  const lines = patches.flatMap(({ added, removed }) => [...added, ...removed]);
  const said = lines.filter(line => /\w/.test(line));
  const isEvasive = (line: string) => waiting.test(line) || skipped.test(line);
  // What it was before a skip was put around it says nothing of its own.
  const isBare = patches.every(({ added }) =>
    added.filter(line => /\w/.test(line)).every(isEvasive),
  );
  return said.length > 0 && isBare && said.some(isEvasive);
}
