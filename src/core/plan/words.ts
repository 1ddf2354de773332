/** Words that carry no meaning of their own when two tasks are compared. */
const fillers = new Set(
  'a an and are as at be by for from in into is it its of on or so that the their this to with'.split(
    ' ',
  ),
);

/** The words of a text, a path or a name in code as one of them. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_$]+(?:[./-]+[\p{L}\p{N}_$]+)*/gu) ?? [];
  return new Set(words.filter(word => !fillers.has(word)));
}

/**
 * The part of all words of both that they share, 0 to 1 (Jaccard). Below `leastOfInterest` the answer is 0:
 * most pairs are not alike at all, and that shows after a few words.
 */
export function likeness(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  leastOfInterest: number,
): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  if (few.size === 0) return 0;
  const all = few.size + many.size;
  const sharedMin = (leastOfInterest * all) / (1 + leastOfInterest);
  let missesLeft = few.size - sharedMin;
  let shared = 0;
  for (const word of few) {
    if (many.has(word)) shared += 1;
    else missesLeft -= 1;
    if (missesLeft < 0) return 0;
  }
  return shared / (all - shared);
}

/**
 * Names in a text that read as code: `quoted` ones, called ones and ones in camel or snake case. A plain
 * word of prose is none, even when some file exports it.
 */
export function codeNamesOf(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, quoted = ''] of text.matchAll(/`([^`\n]{1,200})`/g))
    for (const name of quoted.match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(name);
  for (const name of text.match(/[A-Za-z_$][\w$]*/g) ?? [])
    if (/[a-z][A-Z]|\w_\w/.test(name)) names.add(name);
  for (const [, name = ''] of text.matchAll(/([A-Za-z_$][\w$]*)\(/g)) names.add(name);
  return names;
}
