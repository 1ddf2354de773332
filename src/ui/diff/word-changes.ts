/** A stretch of a row, and whether the other side has it too. */
export type Stretch = { readonly text: string; readonly isChanged: boolean };

/** Rows with more words are compared as a whole: nobody reads word changes in a minified file. */
const wordsMax = 200;

/**
 * Which words of two versions of a row differ. Null when so little is common that marking words would
 * only be noise.
 */
export function wordChanges(
  before: string,
  after: string,
): { readonly before: readonly Stretch[]; readonly after: readonly Stretch[] } | null {
  const old = wordsOf(before);
  const fresh = wordsOf(after);
  if (old.length > wordsMax || fresh.length > wordsMax) return null;
  const common = commonWords(old, fresh);
  const keptChars = common.reduce((sum, [at]) => sum + (old[at] ?? '').trim().length, 0);
  const chars = Math.max(before.trim().length, after.trim().length);
  if (keptChars * 3 < chars) return null;
  return {
    before: stretches(old, new Set(common.map(([at]) => at))),
    after: stretches(fresh, new Set(common.map(([, at]) => at))),
  };
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|./gu) ?? [];

/** Places of the longest common sequence of words, by the classical table. */
function commonWords(old: readonly string[], fresh: readonly string[]): [number, number][] {
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const below = lengths[(i + 1) * width + j] ?? 0;
      const right = lengths[i * width + j + 1] ?? 0;
      const both = (lengths[(i + 1) * width + j + 1] ?? 0) + 1;
      lengths[i * width + j] = old[i] === fresh[j] ? both : Math.max(below, right);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

function stretches(words: readonly string[], kept: ReadonlySet<number>): Stretch[] {
  const joined: { text: string; isChanged: boolean }[] = [];
  for (const [index, text] of words.entries()) {
    const isChanged = !kept.has(index);
    const last = joined.at(-1);
    if (last?.isChanged === isChanged) last.text += text;
    else joined.push({ text, isChanged });
  }
  return joined;
}
