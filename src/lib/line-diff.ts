/** More pairs of lines are not compared: the whole middle counts as replaced. */
const pairsMax = 1_000_000;

/** The lines that differ between two texts, in order: `- ` before those that went, `+ ` before those that came. */
export function lineDiff(before: string, after: string): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const rest = Math.min(old.length, fresh.length) - start;
  while (end < rest && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return middleDiff(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
}

function middleDiff(old: readonly string[], fresh: readonly string[]): string[] {
  const common = old.length * fresh.length > pairsMax ? null : commonLengths(old, fresh);
  const rows: string[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < fresh.length) {
    if (common && left < old.length && right < fresh.length && old[left] === fresh[right]) {
      left += 1;
      right += 1;
    } else if (
      left < old.length &&
      (right >= fresh.length ||
        !common ||
        (common[left + 1]?.[right] ?? 0) >= (common[left]?.[right + 1] ?? 0))
    )
      rows.push(`- ${old[left++]}`);
    else rows.push(`+ ${fresh[right++]}`);
  }
  return rows;
}

/** How many lines the rests of both texts from each pair of places on have in common, in order. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(fresh.length + 1).fill(0),
  );
  for (let left = old.length - 1; left >= 0; left -= 1)
    for (let right = fresh.length - 1; right >= 0; right -= 1) {
      const [row, below] = [lengths[left], lengths[left + 1]] as [number[], number[]];
      row[right] =
        old[left] === fresh[right]
          ? (below[right + 1] ?? 0) + 1
          : Math.max(below[right] ?? 0, row[right + 1] ?? 0);
    }
  return lengths;
}
