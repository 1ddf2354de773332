import { closeSync, openSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { readToEnd } from '../../adapters/system/read-bounded-file.ts';
import { taskTitleCharsMax } from '../../core/limits.ts';
import { priorities, type TaskContent } from '../../core/task.ts';
import { parseBudget } from '../../core/usage/parse-budget.ts';
import { didYouMean } from '../../lib/nearest-word.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { taskArgument } from '../task-argument.ts';
import { exitUsage, UserError } from '../user-error.ts';
import { wordsOf } from './agent-context.ts';

const bodyBytesMax = 200_000;
const standardInput = 0;

/** Reads the flags of `belfry task add`. Throws `UserError`. */
export function taskContentOf(args: readonly string[], io: Io): TaskContent {
  const { flags } = parseCommand(args, {
    flags: {
      ...{ title: 'string', body: 'string', 'body-file': 'string', priority: 'string' },
      ...{
        file: 'strings',
        accept: 'strings',
        depends: 'strings',
        splits: 'string',
        estimate: 'number',
        tag: 'strings',
        budget: 'strings',
      },
    },
    required: ['title'],
    positionals: [0, 0],
  });
  const title = wordsOf('--title', flags.title);
  if (title.length > taskTitleCharsMax)
    throw new UserError(
      `--title has ${title.length} characters, at most ${taskTitleCharsMax} are taken: put the rest into --body.`,
      exitUsage,
    );
  const { estimate } = flags;
  if (estimate !== undefined && (estimate <= 0 || estimate > 100_000))
    throw new UserError('--estimate takes the minutes that a person would need.', exitUsage);
  return {
    title,
    priority: priorityOf(flags.priority ?? 'medium'),
    tags: flags.tag ?? [],
    dependsOn: (flags.depends ?? []).map(taskArgument),
    files: flags.file ?? [],
    accept: flags.accept ?? [],
    estimateMinutes: estimate === undefined ? null : Math.max(1, Math.round(estimate)),
    ...budgetFlag(flags.budget ?? [], io),
    body: bodyOf(flags.body, flags['body-file'], io),
    ...(flags.splits !== undefined && { splits: taskArgument(flags.splits) }),
  };
}

/** What work may cost is for the person to say: agents set no budgets. */
function budgetFlag(parts: readonly string[], { env }: Io): Pick<TaskContent, 'budget'> {
  if (parts.length === 0) return {};
  if (env['BELFRY_AGENT'])
    throw new UserError('--budget is for the person: leave it out.', exitUsage);
  const budget = parseBudget(parts);
  if (budget !== null) return { budget };
  throw new UserError(
    `--budget takes one like $5 or “200k tokens”, or both by two flags.`,
    exitUsage,
  );
}

function priorityOf(word: string) {
  const priority = priorities.find(one => one === word.toLowerCase());
  if (priority !== undefined) return priority;
  const hint = didYouMean(word, priorities) || ` Known are ${priorities.join(', ')}.`;
  throw new UserError(`there is no priority “${word}”.${hint}`, exitUsage);
}

/** Agents may run this unasked, and what they read with it ends on the board: only their own worktree. */
function readablePath(file: string, { cwd, env }: Io): string {
  const path = realpathSync(resolve(cwd, file));
  const worktree = env['BELFRY_AGENT'] ? realpathSync(env['BELFRY_WORKTREE'] ?? cwd) : null;
  if (worktree === null || path.startsWith(join(worktree, sep))) return path;
  throw new Error(`${path} lies outside of your worktree`);
}

/** Null when it is too long, also of what has no end. */
function readBody(file: string, io: Io): Uint8Array | null {
  if (file === '-') return readToEnd(standardInput, bodyBytesMax);
  const opened = openSync(readablePath(file, io), 'r');
  try {
    return readToEnd(opened, bodyBytesMax);
  } finally {
    closeSync(opened);
  }
}

/** `-` is the standard input, as everywhere. */
function bodyOf(body: string | undefined, file: string | undefined, io: Io): string {
  if (file === undefined) return body ?? '';
  if (body !== undefined)
    throw new UserError('give either --body or --body-file, not both.', exitUsage);
  try {
    const bytes = readBody(file, io);
    if (bytes !== null) return new TextDecoder().decode(bytes);
  } catch (error) {
    throw new UserError(`--body-file cannot be read: ${messageOf(error)}`);
  }
  throw new UserError(
    `--body-file is longer than ${bodyBytesMax / 1000} kB: keep it in the repository and name it.`,
  );
}
