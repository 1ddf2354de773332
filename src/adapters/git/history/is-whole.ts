import type { Oid } from '../../../core/ids.ts';
import { type GitOptions, runGit } from '../git.ts';

/**
 * Whether the repository holds a commit with everything that hangs on it. That the commit itself is there
 * says nothing: a fetch that was killed leaves some of what it brought. `ref` is known to be whole, since
 * git moves a ref only after it has looked; without that ref the answer is false.
 */
export async function isWhole(commit: Oid, ref: string, options: GitOptions): Promise<boolean> {
  const args = ['rev-list', '--objects', '--quiet', commit, '--not', ref, '--'];
  return (await runGit(args, options)).code === 0;
}
