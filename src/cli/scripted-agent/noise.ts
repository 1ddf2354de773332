/** What a broken or hostile program might print. Always the same bytes for the same size. */

const pieceBytes = 16_384;

/** Sequences that try to take more of the terminal than the program's own cells. */
const hostile = [
  '\x1b]52;c;aGVsbG8=\x07',
  '\x1b]0;not the title\x07',
  '\x1b]8;;http://localhost/\x07link\x1b]8;;\x07',
  '\x1b[?1049h\x1b[2J\x1b[?1049l',
  '\x1b[?1000h\x1b[?1003h\x1b[?1006h',
  '\x1b[8;5;5t\x1b[99999;99999H',
  '\x1b[99999b\x1b[99999L\x1b[99999S',
  '\x1bP+q544e\x1b\\\x1b_unfinished',
  '\x1b[?2026h\x1b[3;1r\x1b(0lqqk',
  '\x1b[6n\x1b[c\x1b[>0q',
  '\u202eright to left\u202c\u200b',
];

/** Undoes every mode that `garbage` may have set, and leaves the history alone. */
export const afterGarbage =
  '\x1b\\\x1b[!p\x1b(B\x1b[?1049l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2026l\x1b[?2004h\x1b[r\x1b[0m\x1b[999B\r\n';

export function* floodPieces(bytes: number): Generator<Buffer> {
  let written = 0;
  for (let line = 1; written < bytes; ) {
    let piece = '';
    while (piece.length < pieceBytes && written + piece.length < bytes) {
      piece += `${String(line).padStart(8)}  the quick brown fox jumps over the lazy dog\r\n`;
      line += 1;
    }
    written += piece.length;
    yield Buffer.from(piece);
  }
}

export function* garbagePieces(bytes: number): Generator<Buffer> {
  let seed = 0x2545f491;
  const next = () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return seed >>> 0;
  };
  for (let written = 0; written < bytes; ) {
    const piece = Buffer.alloc(Math.min(pieceBytes, bytes - written));
    for (let index = 0; index < piece.length; index += 1) piece[index] = next() & 0xff;
    written += piece.length;
    yield piece;
    yield Buffer.from(hostile[next() % hostile.length] ?? '');
  }
}
