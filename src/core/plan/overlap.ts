import { remember } from '../../lib/remember.ts';

/**
 * Whether two declared scopes can meet, as far as text tells: equal paths, a folder and what is in it,
 * or a glob whose fixed beginning lies on the way to the other. Errs towards “they meet”.
 */
function meet(a: Stem, b: Stem): boolean {
  if (a.isOpen && b.isOpen) return a.path.startsWith(b.path) || b.path.startsWith(a.path);
  if (a.isOpen) return b.path.startsWith(a.path) && endsAlike(a, b);
  if (b.isOpen) return a.path.startsWith(b.path) && endsAlike(b, a);
  return a.path === b.path || isInside(a.path, b.path) || isInside(b.path, a.path);
}

/** The first pair of paths that meet, or null. */
export function overlapOf(ours: readonly string[], theirs: readonly string[]): string | null {
  const others = stemsOf(theirs);
  return stemsOf(ours).find(one => others.some(other => meet(one, other)))?.whole ?? null;
}

/** The fixed beginning of a declared path; open when a pattern follows it. */
type Stem = { readonly whole: string; readonly path: string; readonly isOpen: boolean };

/** The same few scopes are compared with each other again and again. */
const stemsOf = remember((paths: readonly string[]): readonly Stem[] => paths.map(stem));

function stem(whole: string): Stem {
  const clean = whole.replace(/^\.\//, '').replace(/\/+$/, '');
  const star = clean.search(/[*?[{]/);
  const isOpen = star >= 0;
  return { whole, path: isOpen ? clean.slice(0, star) : clean, isOpen };
}

const isInside = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** `src/*.ts` does not meet `src/a.css`. */
function endsAlike(glob: Stem, { whole }: Stem): boolean {
  const tail = /\*(\.[a-z0-9]+)$/i.exec(glob.whole)?.[1];
  return tail === undefined || whole.endsWith(tail);
}
