import { isTaskId, type Oid } from '../../../core/ids.ts';
import type { LandedBeside } from '../../../core/record/candidate.ts';
import { mustGit } from '../git.ts';

/** More landings beside one attempt than this cannot be told apart by a reader either. */
const landingsMax = 30;

/** What came to the trunk after the branch had left it, newest first. Empty when the branch stands on its tip. */
export async function landedSince(
  gitDir: string,
  base: Oid,
  head: Oid,
): Promise<readonly LandedBeside[]> {
  const text = await mustGit(
    [
      ...['log', '-z', '--first-parent', '--diff-merges=first-parent', '--name-only'],
      ...['--no-renames', '--no-ext-diff', '--no-show-signature', `--max-count=${landingsMax}`],
      ...[
        '--format=%x01%(trailers:key=Belfry-Task,valueonly,separator=%x02)%x01',
        `${head}..${base}`,
      ],
      '--',
    ],
    { gitDir },
  );
  const parts = text.split('\x01').slice(1);
  const landings: LandedBeside[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const task = parts[at] ?? '';
    const files = (parts[at + 1] ?? '').split('\0').map(path => path.replace(/^\n/, ''));
    landings.push({
      task: isTaskId(task) ? task : null,
      files: files.filter(path => path !== ''),
    });
  }
  return landings;
}
