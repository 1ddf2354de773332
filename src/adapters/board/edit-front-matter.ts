import type { Column } from '../../core/task.ts';
import { findFrontMatter } from './front-matter.ts';
import { FieldProblem, type Fields, parseFrontMatter } from './parse-front-matter.ts';
import { columnOf } from './task-words.ts';

/**
 * The text with its `status` saying `column`, every other byte as it was: unknown keys, comments, line
 * ends, body. Unchanged when the word there already means the column. Null when the file is not one in
 * which a status can be written safely.
 */
export function editStatus(text: string, column: Column): string | null {
  const place = findFrontMatter(text);
  if ('problem' in place) return null;
  try {
    const fields = parseFrontMatter(text, place);
    const status = fields.one('status');
    if (status !== null && columnOf(status.text) === column) return text;
    const edited = withStatus(text, fields, column, place.yamlStart);
    return edited !== null && isStatus(edited, column) ? edited : null;
  } catch (error) {
    if (error instanceof FieldProblem) return null;
    throw error;
  }
}

function withStatus(text: string, fields: Fields, column: Column, start: number): string | null {
  const range = fields.rangeOf('status');
  if (range === null) {
    const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    return `${text.slice(0, start)}status: ${column}${lineBreak}${text.slice(start)}`;
  }
  const [from, to] = range;
  const gap = text[from - 1] === ':' ? ' ' : '';
  return text.slice(0, from) + gap + column + text.slice(to);
}

/** Whatever stood there (a tag, an anchor, a block of text), the result is read back before it is trusted. */
function isStatus(text: string, column: Column): boolean {
  const place = findFrontMatter(text);
  return !('problem' in place) && parseFrontMatter(text, place).one('status')?.text === column;
}
