import type { Mail } from '../../ports/mailbox.ts';
import type { Io } from '../commands.ts';
import { parseCommand } from '../parse-arguments.ts';
import { agentContext, memberArgument, taskArgument, wordsOf } from './agent-context.ts';
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
