import type { Oid } from '../../core/ids.ts';
import { type GitOptions, mustGit } from './git.ts';

/** Full names and ids of those refs that exist, with one git. */
export async function refsOf(
  options: GitOptions,
  ...refs: readonly string[]
): Promise<ReadonlyMap<string, Oid>> {
  const format = '--format=%(refname)%00%(objectname)';
  const text = await mustGit(['for-each-ref', format, '--', ...refs], options);
  return new Map(text.split('\n').map(line => line.split('\0') as [string, Oid]));
}
