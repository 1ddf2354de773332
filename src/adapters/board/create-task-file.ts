import { constants } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TaskId, taskNumber } from '../../core/ids.ts';
import { taskTitleCharsMax } from '../../core/limits.ts';
import type { Column, TaskContent } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { codeOf } from '../../lib/thrown.ts';
import { BoardError } from '../../ports/board-files.ts';
import { syncFolder } from '../system/sync-folder.ts';
import { fileNameOf, newTaskText } from './new-task-text.ts';
import { parseTaskFile } from './parse-task-file.ts';

/** A longer description is a document: it belongs into the repository, and the task names it. */
const bodyCharsMax = 200_000;
const triesMax = 1_000;

/**
 * Creates the file of a new task under the next free number. Each creator, in this process or another,
 * first reserves a number by a file that only one can create, and looks only then who has taken it.
 */
export async function createTaskFile(given: {
  readonly folder: string;
  readonly content: TaskContent;
  readonly by: string;
  readonly status: Column;
  /** The numbers in use at this moment. */
  numbers(): Promise<ReadonlySet<number>>;
  /** Awaited before the file appears. */
  beforeAppearing(task: TaskId): Promise<void>;
}): Promise<TaskId> {
  const { folder, by, status } = given;
  const content = checkedContent(given.content, by, status);
  await mkdir(folder, { recursive: true });
  let number = 1 + Math.max(0, ...(await given.numbers()));
  for (let tries = 0; tries < triesMax; tries += 1, number += 1) {
    const task = `T-${number}` as TaskId;
    const reservation = join(folder, `.${task}.new`);
    const file = await openNew(reservation);
    if (file === null) continue;
    try {
      if ((await given.numbers()).has(number)) continue;
      await file.writeFile(newTaskText(task, content, status, by, new Date()));
      await file.sync();
      await given.beforeAppearing(task);
      await link(reservation, join(folder, fileNameOf(task, content.title)));
    } finally {
      await file.close();
      await rm(reservation, { force: true });
    }
    await syncFolder(folder);
    return task;
  }
  throw new BoardError(`no free task number in ${folder}: delete its files “.T-….new”`);
}

/** Null when another creator has it. */
async function openNew(path: string) {
  try {
    const { O_CREAT, O_EXCL, O_WRONLY } = constants;
    return await open(path, O_CREAT | O_EXCL | O_WRONLY);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  }
}

/** The content as it will be read back. Throws `BoardError` for what could not be read back. */
function checkedContent(content: TaskContent, by: string, status: Column): TaskContent {
  const title = cleanText(content.title).trim();
  if (title === '') throw new BoardError('a task needs a title');
  if (title.length > taskTitleCharsMax)
    throw new BoardError(
      `the title has ${title.length} characters, at most ${taskTitleCharsMax} are taken: ` +
        'put the rest into the body',
    );
  if (content.body.length > bodyCharsMax)
    throw new BoardError(`the body has more than ${bodyCharsMax} characters: put it into a file`);
  const checked = { ...content, title, body: content.body.toWellFormed() };
  const task = 'T-1' as TaskId;
  const text = newTaskText(task, checked, status, by, new Date(0));
  const parsed = parseTaskFile(fileNameOf(task, title), text);
  if (!parsed.ok) throw new BoardError(parsed.reason);
  return checked;
}

export const numbersOf = (tasks: Iterable<TaskId>): ReadonlySet<number> =>
  new Set(Array.from(tasks, taskNumber));
