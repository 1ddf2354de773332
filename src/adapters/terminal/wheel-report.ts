/** The mode in which reports are written with decimal numbers (xterm control sequences, “Extended coordinates”). */
export const sgrMouseMode = 1006;

/** The buttons that stand for the two directions of the wheel. */
const wheelUp = 64;
const wheelDown = 65;
/** The older form adds this to each number and writes it as one byte. */
const byteOffset = 32;
/** Beyond it that form would need a byte that is no character of its own in UTF-8. */
const byteMax = 127;

/** A turn of the wheel as a terminal reports it; null where the older form cannot say the place. */
export function wheelReport(
  by: 1 | -1,
  { x, y }: { readonly x: number; readonly y: number },
  isSgr: boolean,
): string | null {
  const button = by === 1 ? wheelDown : wheelUp;
  const [column, row] = [x + 1, y + 1];
  if (isSgr) return `\u001b[<${button};${column};${row}M`;
  const codes = [button, column, row].map(one => one + byteOffset);
  return codes.some(code => code > byteMax) ? null : `\u001b[M${String.fromCharCode(...codes)}`;
}
