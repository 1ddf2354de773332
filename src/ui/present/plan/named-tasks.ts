import type { TaskId } from '../../../core/ids.ts';

/** With more names than these a sentence does not fit into a row. */
const namesMax = 3;

/** `T-1`, `T-1 and T-2`, `T-1, T-2, T-3 and 4 more`. */
export function namedTasks(ids: readonly TaskId[]): string {
  const more = ids.length - namesMax;
  const names = more > 0 ? [...ids.slice(0, namesMax), `${more} more`] : ids;
  return names.length < 2
    ? names.join()
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
