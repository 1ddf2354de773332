import type { Column, Priority } from '../../core/task.ts';
import { findFrontMatter } from './front-matter.ts';
import { FieldProblem, type Fields, parseFrontMatter } from './parse-front-matter.ts';
import { columnOf } from './task-words.ts';

/**
 * The text with its `status` saying `column`, every other byte as it was: unknown keys, comments, line
 * ends, body. Unchanged when the word there already means the column. Null when the file is not one in
 * which a status can be written safely.
 */
export const editStatus = (text: string, column: Column): string | null =>
  edit(text, 'status', column, word => columnOf(word) === column);

/** The same for `priority`. */
export const editPriority = (text: string, priority: Priority): string | null =>
  edit(text, 'priority', priority, word => word.trim().toLowerCase() === priority);

function edit(
  text: string,
  key: string,
  word: string,
  isSaid: (written: string) => boolean,
): string | null {
  const place = findFrontMatter(text);
  if ('problem' in place) return null;
  try {
    const fields = parseFrontMatter(text, place);
    const written = fields.one(key);
    if (written !== null && isSaid(written.text)) return text;
    const edited = withField(text, fields, key, word, place.yamlStart);
    return saysSo(edited, key, word) ? edited : null;
  } catch (error) {
    if (error instanceof FieldProblem) return null;
    throw error;
  }
}

function withField(text: string, fields: Fields, key: string, word: string, start: number): string {
  const range = fields.rangeOf(key);
  if (range === null) {
    const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    return `${text.slice(0, start)}${key}: ${word}${lineBreak}${text.slice(start)}`;
  }
  const [from, to] = range;
  const gap = text[from - 1] === ':' ? ' ' : '';
  return text.slice(0, from) + gap + word + text.slice(to);
}

/** Whatever stood there (a tag, an anchor, a block of text), the result is read back before it is trusted. */
function saysSo(text: string, key: string, word: string): boolean {
  const place = findFrontMatter(text);
  return !('problem' in place) && parseFrontMatter(text, place).one(key)?.text === word;
}
