/** The first texts of a list that take at most `bytesMax` as JSON in UTF-8 together, at most `countMax` of them. */
export function firstThatFit(
  texts: readonly string[],
  countMax: number,
  bytesMax: number,
): readonly string[] {
  let bytes = 0;
  const end = texts.slice(0, countMax).findIndex(text => {
    bytes += jsonBytes(text) + 1;
    return bytes > bytesMax;
  });
  return texts.slice(0, end < 0 ? countMax : end);
}

/** What a value takes as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  let bytes = json.length;
  for (let at = 0; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit >= 0x80) bytes += unit < 0x800 || isHalf(unit) ? 1 : 2;
  }
  return bytes;
}

/** Two halves of a surrogate pair make four bytes. */
const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
