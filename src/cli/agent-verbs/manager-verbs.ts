import type { Mail } from '../../ports/mailbox.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { memberArgument, taskArgument } from '../task-argument.ts';
import { UserError } from '../user-error.ts';
import { agentContext, wordsOf } from './agent-context.ts';
import { answerTimeoutMs, ask } from './send-mail.ts';

/** The manager's answers to an escalation. Each is checked by Belfry and answered with its reason. */

export async function runGuide(args: readonly string[], io: Io, timeoutMs?: number) {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { text: 'string' }, required: ['text'], positionals: [1, 1] },
  });
  const task = taskArgument(positionals[0] ?? '');
  return send('guide', { kind: 'guide', task, text: wordsOf('--text', flags.text) }, io, timeoutMs);
}

export async function runReassign(args: readonly string[], io: Io, timeoutMs?: number) {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { to: 'string', text: 'string' }, positionals: [1, 1] },
  });
  const task = taskArgument(positionals[0] ?? '');
  const to = flags.to === undefined ? null : memberArgument(flags.to);
  const text = flags.text === undefined ? null : wordsOf('--text', flags.text);
  return send('reassign', { kind: 'reassign', task, to, text }, io, timeoutMs);
}

export async function runDrop(args: readonly string[], io: Io, timeoutMs?: number) {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { why: 'string' }, required: ['why'], positionals: [1, 1] },
  });
  const task = taskArgument(positionals[0] ?? '');
  return send('drop', { kind: 'drop', task, why: wordsOf('--why', flags.why) }, io, timeoutMs);
}

/** The manager asks for a split; the architect, which is asked, says when it is complete. */
export async function runSplit(args: readonly string[], io: Io, timeoutMs = answerTimeoutMs) {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { text: 'string', done: 'boolean' }, positionals: [1, 1] },
  });
  const task = taskArgument(positionals[0] ?? '');
  const { role, worktree } = agentContext('belfry split', io, ['manager', 'architect']);
  if (role === 'architect' && !flags.done)
    throw new UserError(
      `you are the architect: add each part, “belfry task add --splits ${task} --title …”, ` +
        `and then say “belfry split ${task} --done”.`,
      2,
    );
  if (role === 'manager' && flags.done)
    throw new UserError(
      'you are the manager: say why and where, --text …; the architect says --done.',
      2,
    );
  return role === 'architect'
    ? ask(worktree, { kind: 'endSplit', task }, io, timeoutMs)
    : ask(
        worktree,
        { kind: 'split', task, text: wordsOf('--text', flags.text ?? '') },
        io,
        timeoutMs,
      );
}

export async function runAsk(args: readonly string[], io: Io, timeoutMs?: number) {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { text: 'string' }, required: ['text'], positionals: [1, 1] },
  });
  const task = taskArgument(positionals[0] ?? '');
  return send('ask', { kind: 'ask', task, text: wordsOf('--text', flags.text) }, io, timeoutMs);
}

function send(verb: string, mail: Mail, io: Io, timeoutMs = answerTimeoutMs): Promise<number> {
  const { worktree } = agentContext(`belfry ${verb}`, io, ['manager']);
  return ask(worktree, mail, io, timeoutMs);
}
