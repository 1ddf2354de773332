import { cleanBlock, cleanText } from '../../../lib/clean-text.ts';
import { rememberLast } from '../../../lib/remember-last.ts';
import { type CodeKind, codeWords } from '../../diff/code-words.ts';
import { type DiffRow, diffRows } from '../../diff/diff-rows.ts';
import { type DiffLine, type FileDiff, parseDiff } from '../../diff/parse-diff.ts';
import type { Stretch } from '../../diff/word-changes.ts';
import { type Line, line, type Span, span, type Tone } from '../line.ts';

/** The rows of a diff's text; read once, however often it is drawn. */
export const rowsOfDiff = rememberLast((text: string): readonly DiffRow[] =>
  diffRows(parseDiff(cleanBlock(text))),
);

/** A unified diff as rows. `null` while it is being read. */
export const diffLines = (text: string | null, width: number): readonly Line[] =>
  text === null ? [line(' Reading the diff …', 'quiet')] : drawn({ text, width });

const drawnByText = rememberLast((text: string) =>
  rememberLast((width: number): readonly Line[] => {
    const rows = rowsOfDiff(text);
    if (rows.length > 0) return rows.map(row => rowLine(row, width));
    return [
      line(' Nothing differs from the trunk.', 'strong'),
      line(
        ' The branch of this task holds no commit of its own, or all of it has landed.',
        'quiet',
      ),
    ];
  }),
);

const drawn = ({ text, width }: { text: string; width: number }): readonly Line[] =>
  drawnByText(text)(width);

function rowLine(row: DiffRow, width: number): Line {
  switch (row.kind) {
    case 'file':
      return fileLine(row.file, row.index, row.count, width);
    case 'hunk':
      return [span(`${' '.repeat(numberWidth + 1)}⋯ `, 'quiet'), span(row.hunk.heading, 'accent')];
    case 'line':
      return codeLine(row.line, row.stretches);
    case 'note':
      return line(` ${row.text}`, 'quiet');
  }
}

const kindWords: Readonly<Record<FileDiff['kind'], string>> = {
  changed: '',
  added: ' new',
  deleted: ' deleted',
  renamed: ' renamed',
  binary: ' binary',
};

function fileLine(file: FileDiff, index: number, count: number, width: number): Line {
  const from = file.from === null ? '' : ` from ${cleanText(file.from)}`;
  const spans = [
    span(`── ${cleanText(file.path)}`, 'title'),
    span(`${kindWords[file.kind]}${from}`, 'warn'),
    span(` +${file.added}`, 'good'),
    span(` −${file.removed}`, 'bad'),
    span(`  ${index + 1} of ${count} `, 'quiet'),
  ];
  const used = spans.reduce((sum, one) => sum + one.text.length, 0);
  return [...spans, span('─'.repeat(Math.max(0, width - used)), 'quiet')];
}

const numberWidth = 5;
const signs = { context: ' ', added: '+', removed: '-' } as const;
const signTones = { context: 'quiet', added: 'good', removed: 'bad' } as const;

function codeLine(code: DiffLine, stretches: readonly Stretch[] | null): Line {
  const number = String(code.newNumber ?? code.oldNumber ?? '').padStart(numberWidth);
  const text = stretches
    ? stretches.map(one => span(one.text, stretchTone(code.kind, one.isChanged)))
    : codeWords(code.text).map((word): Span => span(word.text, wordTone(code.kind, word.kind)));
  return [span(`${number} `, 'quiet'), span(`${signs[code.kind]} `, signTones[code.kind]), ...text];
}

function stretchTone(kind: DiffLine['kind'], isChanged: boolean): Tone {
  if (kind === 'context') return 'plain';
  if (isChanged) return kind === 'added' ? 'addedWord' : 'removedWord';
  return kind === 'added' ? 'good' : 'bad';
}

/** Colour tells what changed; weight tells what the words are, so that both can be seen at once. */
const wordTones: Readonly<Record<DiffLine['kind'], Readonly<Record<CodeKind, Tone>>>> = {
  context: { plain: 'plain', keyword: 'strong', literal: 'literal', comment: 'quiet' },
  added: { plain: 'good', keyword: 'goodStrong', literal: 'good', comment: 'goodQuiet' },
  removed: { plain: 'bad', keyword: 'badStrong', literal: 'bad', comment: 'badQuiet' },
};

const wordTone = (kind: DiffLine['kind'], word: CodeKind): Tone => wordTones[kind][word];
