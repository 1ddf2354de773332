/**
 * Whether two declared scopes can meet, as far as text tells: equal paths, a folder and what is in it,
 * or a glob whose fixed beginning lies on the way to the other. Errs towards “they meet”.
 */
export function pathsMeet(one: string, other: string): boolean {
  const [a, b] = [stem(one), stem(other)];
  if (a.isOpen && b.isOpen) return a.path.startsWith(b.path) || b.path.startsWith(a.path);
  if (a.isOpen) return b.path.startsWith(a.path) && endsAlike(one, other);
  if (b.isOpen) return a.path.startsWith(b.path) && endsAlike(other, one);
  return a.path === b.path || isInside(a.path, b.path) || isInside(b.path, a.path);
}

/** The first pair of paths that meet, or null. */
export function overlapOf(ours: readonly string[], theirs: readonly string[]): string | null {
  return ours.find(one => theirs.some(other => pathsMeet(one, other))) ?? null;
}

function stem(path: string): { readonly path: string; readonly isOpen: boolean } {
  const clean = path.replace(/^\.\//, '').replace(/\/+$/, '');
  const star = clean.search(/[*?[{]/);
  return star < 0 ? { path: clean, isOpen: false } : { path: clean.slice(0, star), isOpen: true };
}

const isInside = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** `src/*.ts` does not meet `src/a.css`. */
function endsAlike(glob: string, path: string): boolean {
  const tail = /\*(\.[a-z0-9]+)$/i.exec(glob)?.[1];
  return tail === undefined || path.endsWith(tail);
}
