import { type AgentId, isAgentId, type TaskId } from '../../core/ids.ts';
import { taskBodyCharsMax, taskBytesMax, taskTitleCharsMax } from '../../core/limits.ts';
import { type Column, type Priority, priorities, type TaskContent } from '../../core/task.ts';
import { budgetHint, parseBudget } from '../../core/usage/parse-budget.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { jsonBytes } from '../../lib/first-that-fit.ts';
import { didYouMean } from '../../lib/nearest-word.ts';
import { findFrontMatter } from './front-matter.ts';
import { FieldProblem, type Fields, parseFrontMatter, type Written } from './parse-front-matter.ts';
import { columnOf, minutesOf, statusWords, taskIdOf, taskIdOfFileName } from './task-words.ts';

export type ParsedTask =
  | {
      readonly ok: true;
      readonly task: TaskId;
      readonly content: TaskContent;
      readonly by: AgentId | 'person';
      /** Null when the file has no status: then nobody wished anything. */
      readonly status: Column | null;
    }
  | { readonly ok: false; readonly line: number | null; readonly reason: string };

/** Reads the text of one task file. Pure; never throws for what a file may hold. */
export function parseTaskFile(fileName: string, text: string): ParsedTask {
  const place = findFrontMatter(text);
  if ('problem' in place) return { ok: false, line: 1, reason: place.problem };
  try {
    const fields = parseFrontMatter(text, place);
    const parsed: ParsedTask = {
      ok: true,
      task: readId(fields, fileName),
      by: readAuthor(fields),
      status: readStatus(fields),
      content: {
        title: readTitle(fields),
        priority: readPriority(fields),
        tags: fields.list('tags').map(tag => cleanText(tag.text).trim()),
        dependsOn: fields.list('depends_on').map(readDependency),
        files: fields.list('files').map(readPath),
        accept: fields.list('accept').map(command => command.text),
        estimateMinutes: minutesOf(fields.one('estimate')?.text ?? ''),
        ...readBudget(fields),
        body: beginningOf(text, place.bodyStart),
        ...readWhole(fields),
        ...readTrifles(fields),
      },
    };
    // Such a fact would not fit into the journal.
    if (jsonBytes(parsed) > taskBytesMax)
      throw new FieldProblem(1, 'the task is too large: put the rest into a file that it names');
    return parsed;
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    return { ok: false, line: error.line, reason: error.message };
  }
}

function readId(fields: Fields, fileName: string): TaskId {
  const written = fields.one('id');
  const suggested = taskIdOfFileName(fileName) ?? 'T-12';
  if (written === null)
    throw new FieldProblem(fields.lineOf('id'), `“id” is missing: add a line “id: ${suggested}”`);
  const id = taskIdOf(written.text);
  if (id !== null) return id;
  throw new FieldProblem(written.line, `${quoted(written)} is no id: write one like ${suggested}`);
}

function readTitle(fields: Fields): string {
  const written = fields.one('title');
  const title = cleanText(written?.text ?? '').trim();
  if (title === '')
    throw new FieldProblem(fields.lineOf('title'), '“title” is missing: say what is to be done');
  if (title.length > taskTitleCharsMax)
    throw new FieldProblem(
      fields.lineOf('title'),
      `the title has ${title.length} characters, at most ${taskTitleCharsMax} are taken: ` +
        'put the rest below the front matter',
    );
  return title;
}

function readStatus(fields: Fields): Column | null {
  const written = fields.one('status');
  if (written === null) return null;
  const column = columnOf(written.text);
  if (column !== null) return column;
  throw new FieldProblem(
    written.line,
    `there is no column ${quoted(written)}.${didYouMean(written.text, statusWords)} ` +
      'The columns are backlog, ready, doing, gate and done',
  );
}

function readPriority(fields: Fields): Priority {
  const written = fields.one('priority');
  if (written === null) return 'medium';
  const word = written.text.trim().toLowerCase();
  const priority = priorities.find(one => one === word);
  if (priority !== undefined) return priority;
  throw new FieldProblem(
    written.line,
    `there is no priority ${quoted(written)}.${didYouMean(word, priorities)} ` +
      'The priorities are low, medium, high and critical',
  );
}

function readAuthor(fields: Fields): AgentId | 'person' {
  const author = fields.one('added_by')?.text ?? 'person';
  return isAgentId(author) ? author : 'person';
}

const readDependency = (written: Written): TaskId => idIn('depends_on', written);

function readTrifles(fields: Fields): { readonly batches?: readonly TaskId[] } {
  const batches = fields.list('batches').map(written => idIn('batches', written));
  return batches.length === 0 ? {} : { batches };
}

function readWhole(fields: Fields): { readonly splits?: TaskId } {
  const written = fields.one('splits');
  return written === null ? {} : { splits: idIn('splits', written) };
}

function idIn(key: string, written: Written): TaskId {
  const id = taskIdOf(written.text);
  if (id !== null) return id;
  throw new FieldProblem(
    written.line,
    `“${key}” names ${quoted(written)}, which is no id: write ids like T-12`,
  );
}

function readBudget(fields: Fields): Pick<TaskContent, 'budget'> {
  const written = fields.list('budget');
  const [first] = written;
  if (first === undefined) return {};
  const budget = parseBudget(written.map(part => part.text));
  if (budget !== null) return { budget };
  const said = written.map(quoted).join(', ');
  throw new FieldProblem(first.line, `“budget” says ${said}: ${budgetHint}`);
}

function readPath(written: Written): string {
  const path = written.text.trim();
  if (!isInside(path))
    throw new FieldProblem(
      written.line,
      `“files” names ${quoted(written)}: paths are relative to the repository and stay inside`,
    );
  return path;
}

/** A path or glob that is relative to the repository and does not climb out of it. */
export const isInside = (path: string): boolean =>
  path !== '' &&
  !path.startsWith('/') &&
  !path.split('/').includes('..') &&
  cleanText(path) === path;

const shownCharsMax = 40;

/** What somebody wrote, fit to stand in a message of one line. */
function quoted(written: Written): string {
  const text = cleanText(written.text).trim();
  return `“${text.length > shownCharsMax ? `${text.slice(0, shownCharsMax)}…` : text}”`;
}

function beginningOf(text: string, bodyStart: number): string {
  const body = text.slice(bodyStart, bodyStart + taskBodyCharsMax + 1000).replace(/^\s*\n/, '');
  // A cut must not leave half of a character that takes two places.
  const cut = body.slice(0, taskBodyCharsMax).replace(/[\uD800-\uDBFF]$/, '');
  return cut.replace(/\r\n?/g, '\n').trimEnd();
}
