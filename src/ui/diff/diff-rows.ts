import type { Diff, DiffLine, FileDiff, Hunk } from './parse-diff.ts';
import { type Stretch, wordChanges } from './word-changes.ts';

/** A row of the diff as it is drawn, and what it stands for. */
export type DiffRow =
  | {
      readonly kind: 'file';
      readonly file: FileDiff;
      readonly index: number;
      readonly count: number;
    }
  | { readonly kind: 'hunk'; readonly file: FileDiff; readonly hunk: Hunk }
  | {
      readonly kind: 'line';
      readonly file: FileDiff;
      readonly line: DiffLine;
      /** Words that differ from the row it replaces; null where it replaces none. */
      readonly stretches: readonly Stretch[] | null;
    }
  | { readonly kind: 'note'; readonly text: string };

/** More rows are not drawn: a diff of that size is read in another program. */
const rowsMax = 20_000;

export function diffRows(diff: Diff): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  for (const [index, file] of diff.files.entries()) {
    rows.push({ kind: 'file', file, index, count: diff.files.length });
    if (file.kind === 'binary') rows.push({ kind: 'note', text: 'a binary file' });
    for (const hunk of file.hunks) {
      rows.push({ kind: 'hunk', file, hunk });
      rows.push(...lineRows(file, hunk));
      if (rows.length > rowsMax) {
        rows.push({ kind: 'note', text: 'the rest of the diff is not shown' });
        return rows;
      }
    }
  }
  if (diff.isCut) rows.push({ kind: 'note', text: 'the diff is longer; the rest was not read' });
  return rows;
}

function lineRows(file: FileDiff, hunk: Hunk): DiffRow[] {
  const changed = changedWords(hunk.lines);
  return hunk.lines.map((line, index) => ({
    kind: 'line',
    file,
    line,
    stretches: changed.get(index) ?? null,
  }));
}

/** A block of removed rows followed by as many added ones is taken as their new versions, in order. */
function changedWords(lines: readonly DiffLine[]): Map<number, readonly Stretch[]> {
  const changed = new Map<number, readonly Stretch[]>();
  let at = 0;
  while (at < lines.length) {
    const removed = runLength(lines, at, 'removed');
    const added = runLength(lines, at + removed, 'added');
    if (removed > 0 && removed === added) {
      for (let offset = 0; offset < removed; offset += 1) {
        const before = at + offset;
        const after = at + removed + offset;
        const words = wordChanges(lines[before]?.text ?? '', lines[after]?.text ?? '');
        if (!words) continue;
        changed.set(before, words.before);
        changed.set(after, words.after);
      }
    }
    at += Math.max(1, removed + added);
  }
  return changed;
}

function runLength(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length += 1;
  return length;
}
