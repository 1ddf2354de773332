/** The known word that was most likely meant, or null when none is near enough to be worth suggesting. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const wanted = plain(word);
  // Two letters may differ in one; one letter says nothing about what was meant.
  const editsMax = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 3)));
  let nearest: string | null = null;
  let fewest = editsMax + 1;
  for (const candidate of known) {
    const edits = editsBetween(wanted, plain(candidate), fewest);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

/** ` Did you mean “done”?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === null ? '' : ` Did you mean “${nearest}”?`;
}

/** `in_progress`, `inProgress` and `in-progress` are one word to whoever types them. */
const plain = (word: string): string => word.slice(0, 60).toLowerCase().replace(/[-_ ]/g, '');

/** Damerau–Levenshtein (neighbours swapped count once); `limit` when it is not below. */
function editsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let edits = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      if (isSwapped) edits = Math.min(edits, (beforeLast[column - 2] as number) + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(limit, last[other.length] as number);
}
