/** One row of a hunk. Numbers count from 1; null where the row does not exist on that side. */
export type DiffLine = {
  readonly kind: 'context' | 'added' | 'removed';
  readonly oldNumber: number | null;
  readonly newNumber: number | null;
  readonly text: string;
};

export type Hunk = {
  /** What git found around it: a function's head, mostly; may be empty. */
  readonly heading: string;
  readonly lines: readonly DiffLine[];
};

export type FileDiff = {
  /** Of the new side; of the old one where the file was deleted. */
  readonly path: string;
  /** Set where the file was renamed or copied. */
  readonly from: string | null;
  readonly kind: 'changed' | 'added' | 'deleted' | 'renamed' | 'binary';
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
};

export type Diff = {
  readonly files: readonly FileDiff[];
  /** The text was longer than what may be read. */
  readonly isCut: boolean;
};

type OpenFile = { -readonly [Key in keyof FileDiff]: FileDiff[Key] } & { hunks: OpenHunk[] };
type OpenHunk = { heading: string; lines: DiffLine[] };

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;

/**
 * Reads git's unified format (git-diff, "Generating patch text with -p"). Rows it does not know are
 * passed over, so that a torn text gives what can be read of it.
 */
export function parseDiff(text: string): Diff {
  const files: OpenFile[] = [];
  let oldNumber = 0;
  let newNumber = 0;
  let hunk: OpenHunk | null = null;
  let isCut = false;
  for (const row of text.split('\n')) {
    const file = files.at(-1);
    if (row.startsWith('diff --git ')) {
      files.push(openFile(row));
      hunk = null;
      continue;
    }
    if (row === '… cut here') isCut = true;
    if (!file) continue;
    const head = hunkHead.exec(row);
    if (head) {
      oldNumber = Number(head[1]);
      newNumber = Number(head[2]);
      hunk = { heading: head[3] ?? '', lines: [] };
      file.hunks.push(hunk);
      continue;
    }
    if (!hunk) {
      readHeader(file, row);
      continue;
    }
    const line = lineOf(row, oldNumber, newNumber);
    if (!line) continue;
    hunk.lines.push(line);
    if (line.kind !== 'added') oldNumber += 1;
    if (line.kind !== 'removed') newNumber += 1;
    if (line.kind === 'added') file.added += 1;
    if (line.kind === 'removed') file.removed += 1;
  }
  return { files, isCut };
}

function openFile(row: string): OpenFile {
  // Both names are the same but for renames, which say theirs again in rows of their own.
  const path = unquoted(
    row
      .slice('diff --git '.length)
      .split(/ "?b\//)
      .at(-1) ?? '',
  );
  return { path, from: null, kind: 'changed', added: 0, removed: 0, hunks: [] };
}

function readHeader(file: OpenFile, row: string): void {
  if (row.startsWith('new file')) file.kind = 'added';
  else if (row.startsWith('deleted file')) file.kind = 'deleted';
  else if (row.startsWith('Binary files')) file.kind = 'binary';
  else if (row.startsWith('rename from ')) {
    file.kind = 'renamed';
    file.from = unquoted(row.slice('rename from '.length));
  } else if (row.startsWith('rename to ')) file.path = unquoted(row.slice('rename to '.length));
}

/** Git quotes names with unusual characters; their escapes are left as they are, they can be read. */
const unquoted = (name: string): string => name.replace(/^"?(?:[ab]\/)?/, '').replace(/"$/, '');

function lineOf(row: string, oldNumber: number, newNumber: number): DiffLine | null {
  const text = row.slice(1);
  switch (row[0]) {
    case '+':
      return { kind: 'added', oldNumber: null, newNumber, text };
    case '-':
      return { kind: 'removed', oldNumber, newNumber: null, text };
    case ' ':
      return { kind: 'context', oldNumber, newNumber, text };
    default:
      return null;
  }
}
