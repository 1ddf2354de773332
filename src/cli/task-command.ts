import { join, relative } from 'node:path';
import { createBoardFiles } from '../adapters/board/board-files.ts';
import type { GoodTask } from '../adapters/board/reading.ts';
import { answerWords } from '../core/plan/finding-words.ts';
import { isRefused } from '../core/plan/lint.ts';
import type { BrokenFile } from '../core/task.ts';
import { columns } from '../core/task.ts';
import { budgetParts } from '../core/usage/parse-budget.ts';
import { cleanBlock, cleanText } from '../lib/clean-text.ts';
import { jsonText } from '../lib/json-text.ts';
import { didYouMean } from '../lib/nearest-word.ts';
import { cutText, fitText } from '../lib/text-width.ts';
import { BoardError } from '../ports/board-files.ts';
import { runAddTask } from './agent-verbs/add-task-verb.ts';
import { taskContentOf } from './agent-verbs/task-content.ts';
import type { Io } from './io.ts';
import { parseCommand } from './parse-arguments.ts';
import { runBatchCommand } from './plan/batch-command.ts';
import { readTasks, tasksFolder } from './plan/board-on-disk.ts';
import { lintNewTask } from './plan/read-plan.ts';
import { taskArgument } from './task-argument.ts';
import { exitUsage, UserError } from './user-error.ts';

const parts: Readonly<Record<string, (args: readonly string[], io: Io) => Promise<number>>> = {
  add: addTask,
  batch: runBatchCommand,
  list: listTasks,
  show: showTask,
};

/** `belfry task add | batch | list | show`: works on the files alone, whether a team runs or not. */
export async function runTaskCommand(args: readonly string[], io: Io): Promise<number> {
  const [part = 'list', ...rest] = args[0]?.startsWith('-') ? ['list', ...args] : args;
  const run = Object.hasOwn(parts, part) ? parts[part] : undefined;
  if (run === undefined)
    throw new UserError(
      `there is no “belfry task ${part}”.${didYouMean(part, Object.keys(parts))} ` +
        'There are add, batch, list and show.',
      exitUsage,
    );
  try {
    return await run(rest, io);
  } catch (error) {
    if (error instanceof BoardError) throw new UserError(error.message);
    throw error;
  }
}

/** A person who adds a task wants it done: it is ready, not in the backlog. An agent only asks for it. */
async function addTask(args: readonly string[], io: Io): Promise<number> {
  if (io.env['BELFRY_AGENT']) return runAddTask(args, io);
  const content = taskContentOf(args, io);
  const findings = await lintNewTask(content, io);
  if (isRefused(findings)) throw new UserError(`nothing was added.\n${answerWords(findings)}`);
  const folder = tasksFolder(io);
  const board = createBoardFiles({ folder, record: null, newStatus: 'ready' });
  const task = await board.create(content, 'person');
  const made = (await readTasks(io)).tasks.find(one => one.task === task);
  io.stdout(`${task} ${pathOf(made?.fileName ?? '', io)}\n`);
  if (findings.length > 0) io.stderr(`${cleanBlock(answerWords(findings))}\n`);
  return 0;
}

async function listTasks(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, { flags: { json: 'boolean' }, positionals: [0, 0] });
  const { tasks, broken } = await readTasks(io);
  if (flags.json) {
    io.stdout(jsonText({ tasks: tasks.map(one => inJson(one, io)), broken }));
    return 0;
  }
  if (tasks.length === 0 && broken.length === 0)
    io.stdout('There are no tasks yet. “belfry task add --title …” adds one.\n');
  for (const task of sortedByColumn(tasks)) io.stdout(`${rowOf(task)}\n`);
  for (const one of broken) io.stderr(`${describeBroken(one, io)}\n`);
  return 0;
}

async function showTask(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseCommand(args, { flags: {}, positionals: [1, 1] });
  const id = taskArgument(positionals[0] ?? '');
  const { tasks, broken } = await readTasks(io);
  const found = tasks.find(one => one.task === id);
  if (found === undefined) {
    const hint =
      broken.length === 0 ? '' : `\n${broken.map(one => describeBroken(one, io)).join('\n')}`;
    throw new UserError(
      `there is no ${id} in ${tasksFolder(io)}. “belfry task list” shows the board.${hint}`,
    );
  }
  io.stdout(`${textOf(found, io)}\n`);
  return 0;
}

const pathOf = (fileName: string, io: Io) => relative(io.cwd, join(tasksFolder(io), fileName));

const sortedByColumn = (tasks: readonly GoodTask[]): readonly GoodTask[] =>
  tasks.toSorted((a, b) => rankOf(a) - rankOf(b));
const rankOf = ({ status }: GoodTask) => (status === null ? -1 : columns.indexOf(status));

const titleWidth = 60;

function rowOf({ task, status, content }: GoodTask): string {
  const title = fitText(cleanText(content.title), titleWidth);
  return `${fitText(task, 7)} ${fitText(status ?? 'new', 8)} ${fitText(content.priority, 9)} ${title}`.trimEnd();
}

function inJson({ task, status, by, content, fileName }: GoodTask, io: Io) {
  return { id: task, column: status, ...content, addedBy: by, path: pathOf(fileName, io) };
}

function textOf({ task, status, by, content, fileName }: GoodTask, io: Io): string {
  const rows: readonly (readonly [string, string])[] = [
    ['column', status ?? 'new'],
    ['priority', content.priority],
    ['tags', content.tags.join(', ')],
    ['waits for', content.dependsOn.join(', ')],
    ['files', content.files.join(', ')],
    ['accept', content.accept.join(' && ')],
    ['estimate', content.estimateMinutes === null ? '' : `${content.estimateMinutes} minutes`],
    ['budget', content.budget === undefined ? '' : budgetParts(content.budget).join(', ')],
    ['added by', by],
    ['file', pathOf(fileName, io)],
  ];
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${fitText(name, 10)}${cleanText(value)}`);
  const body = content.body === '' ? [] : ['', cleanBlock(content.body)];
  return [`${task}  ${cutText(cleanText(content.title), 200)}`, ...lines, ...body].join('\n');
}

function describeBroken({ file, line, reason }: BrokenFile, io: Io): string {
  const place = line === null ? '' : `:${line}`;
  return cleanText(`${pathOf(file, io)}${place}: ${reason}`);
}
