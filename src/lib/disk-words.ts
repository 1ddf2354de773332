/** The codes of errno(3) that a person can do something about, and what. */
const known: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ['permission is denied', 'Give yourself access to it, or start Belfry as its owner.'],
  EPERM: ['it is not permitted', 'Look at its owner and flags.'],
  EROFS: ['its disk is read-only', 'Mount it writable, or work on a copy.'],
  ENOSPC: ['its disk is full', 'Make room and try again.'],
  EDQUOT: ['your quota on its disk is used up', 'Make room and try again.'],
  EMFILE: ['too many files are open', 'Raise “ulimit -n” and try again.'],
};

/** One sentence with place, reason and remedy for a failed call of the file system; null for any other error. */
export function diskWords(error: unknown): string | null {
  const { code, path } = (error ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || !Object.hasOwn(known, code)) return null;
  const [reason, remedy] = known[code] as readonly [string, string];
  // An error of an open file tells no path.
  return `${typeof path === 'string' ? path : 'a file'} cannot be used: ${reason}. ${remedy}`;
}
