/** One report of the mouse, in columns and rows from 0. */
export type MouseEvent =
  | { readonly kind: 'click'; readonly x: number; readonly y: number }
  | { readonly kind: 'wheel'; readonly x: number; readonly y: number; readonly by: 1 | -1 };

/** Reports in the SGR form (xterm control sequences, "Extended coordinates"), and the beginning of one. */
const reports = /\u001b\[<(\d+);(\d+);(\d+)([Mm])/g;
const torn = /\u001b\[<[\d;]*$/;

/**
 * Takes the reports of the mouse out of the keys. `rest` is the beginning of a report whose end has not
 * come yet, to be put before what comes next.
 */
export function splitMouse(text: string): {
  readonly keys: string;
  readonly events: readonly MouseEvent[];
  readonly rest: string;
} {
  if (!text.includes('\u001b[<')) return { keys: text, events: [], rest: '' };
  const events = [...text.matchAll(reports)].flatMap(match => eventOf(match) ?? []);
  const without = text.replace(reports, '');
  const rest = torn.exec(without)?.[0] ?? '';
  return { keys: without.slice(0, without.length - rest.length), events, rest };
}

const wheelBit = 64;
/** Shift, meta and control, which mean nothing here, and motion. */
const modifierBits = 4 + 8 + 16;

function eventOf([, code, column, row, end]: RegExpExecArray): MouseEvent | null {
  const button = Number(code) & ~modifierBits;
  const place = { x: Number(column) - 1, y: Number(row) - 1 };
  if (button === wheelBit) return { kind: 'wheel', ...place, by: -1 };
  if (button === wheelBit + 1) return { kind: 'wheel', ...place, by: 1 };
  return button === 0 && end === 'M' ? { kind: 'click', ...place } : null;
}
