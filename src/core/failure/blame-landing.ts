import type { TaskId } from '../ids.ts';
import type { LandedBeside } from '../record/candidate.ts';

/** Nobody looks at more than this. */
const blamedMax = 3;

/**
 * Which of the landings beside a branch made the merge result red, as far as the output tells: those whose
 * files it names; without any, the newest ones.
 */
export function blameLanding(beside: readonly LandedBeside[], excerpt: string): readonly TaskId[] {
  const named = beside.filter(({ files }) => files.some(path => isNamed(path, excerpt)));
  const chosen = named.length > 0 ? named : beside;
  const tasks = chosen.flatMap(({ task }) => (task === null ? [] : [task]));
  return [...new Set(tasks)].slice(0, blamedMax);
}

/** By its path or, for imports are relative, by its name with the folder left out. */
function isNamed(path: string, text: string): boolean {
  if (text.includes(path)) return true;
  const name = path.split('/').at(-1) ?? '';
  const stem = name.replace(/\.[^.]+$/, '');
  return stem.length > 2 && new RegExp(`[/'"\`]${escaped(stem)}(\\.\\w+)?['"\`:]`).test(text);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
