import { matchesGlob } from '../../lib/path-glob.ts';
import type { TrunkFile } from './plan-facts.ts';

/**
 * Expands declared paths, folders and globs to files of the trunk. Only files that begin like the fixed part
 * of a pattern are looked at, and each pattern once: a plan names the same folders again and again.
 */
export function createScope(
  files: readonly TrunkFile[],
): (patterns: readonly string[]) => readonly string[] {
  const paths = files.map(file => file.path);
  const known = new Map<string, readonly string[]>();
  const expand = (pattern: string): readonly string[] => {
    const before = known.get(pattern);
    if (before !== undefined) return before;
    const clean = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
    if (clean === '' || clean === '.') return paths;
    const stem = clean.slice(0, firstWild(clean));
    const found: string[] = [];
    for (let at = firstNotBelow(paths, stem); paths[at]?.startsWith(stem); at += 1) {
      const path = paths[at] as string;
      if (matchesGlob(path, clean)) found.push(path);
    }
    known.set(pattern, found);
    return found;
  };
  return patterns => {
    const [only] = patterns;
    if (patterns.length === 1 && only !== undefined) return expand(only);
    return [...new Set(patterns.flatMap(expand))];
  };
}

export const isGlob = (pattern: string): boolean => /[*?{]/.test(pattern);

function firstWild(pattern: string): number {
  const at = pattern.search(/[*?{]/);
  return at < 0 ? pattern.length : at;
}

/** Binary search: the paths are sorted by code units, as `<` compares them. */
function firstNotBelow(paths: readonly string[], stem: string): number {
  let [low, high] = [0, paths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] as string) < stem) low = middle + 1;
    else high = middle;
  }
  return low;
}
