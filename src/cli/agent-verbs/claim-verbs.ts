import { readAssignment } from '../../adapters/mailbox/post-mail.ts';
import { cleanBlock } from '../../lib/clean-text.ts';
import type { Assignment } from '../../ports/mailbox.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { UserError } from '../user-error.ts';
import { type AgentContext, agentContext, wordsOf } from './agent-context.ts';
import { checkWork, listOf } from './check-work.ts';
import { answerTimeoutMs, ask } from './send-mail.ts';

const refused = 1;

/** `belfry done`: refused at once for what can be seen from here; Belfry and the gate decide about the rest. */
export async function runDone(
  args: readonly string[],
  io: Io,
  timeoutMs = answerTimeoutMs,
): Promise<number> {
  const { flags } = parseCommand(args, {
    flags: { summary: 'string', 'scope-reason': 'string' },
    required: ['summary'],
    positionals: [0, 0],
  });
  const summary = wordsOf('--summary', flags.summary);
  const context = agentContext('belfry done', io, ['engineer']);
  const held = assignmentOf(context);
  const work = await checkWork(context.worktree, held);
  if (!work.ok) return refuse(work.reason, io);
  const scopeReason = flags['scope-reason']?.trim() ?? '';
  if (work.outside.length > 0 && scopeReason === '')
    return refuse(
      `these files are not among those of the task (${held.files.join(', ')}):\n` +
        `${listOf(work.outside)}\n` +
        'undo the changes there, or say why they are needed: --scope-reason "…"',
      io,
    );
  const { task, attempt } = held;
  const outside =
    work.outside.length === 0
      ? ''
      : `\nOutside the files of the task, because ${scopeReason}\n${listOf(work.outside)}`;
  const { head } = work;
  const said = wordsOf('--summary with --scope-reason', summary + outside);
  const mail = { kind: 'done', task, attempt, head, summary: said } as const;
  return ask(context.worktree, mail, io, timeoutMs);
}

/** `belfry blocked`: the engineer cannot go on. */
export async function runBlocked(
  args: readonly string[],
  io: Io,
  timeoutMs = answerTimeoutMs,
): Promise<number> {
  const { flags } = parseCommand(args, {
    ...{ flags: { why: 'string' }, required: ['why'], positionals: [0, 0] },
  });
  const why = wordsOf('--why', flags.why);
  const context = agentContext('belfry blocked', io, ['engineer']);
  const { task, attempt } = assignmentOf(context);
  return ask(context.worktree, { kind: 'blocked', task, attempt, why }, io, timeoutMs);
}

function assignmentOf({ agent, worktree }: AgentContext): Assignment {
  const held = readAssignment(worktree);
  if (held === null || held.agent !== agent)
    throw new UserError('you hold no task: wait for Belfry to give you one.');
  return held;
}

function refuse(reason: string, io: Io): number {
  io.stderr(`refused: ${cleanBlock(reason)}\n`);
  return refused;
}
