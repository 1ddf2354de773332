import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { memberArgument } from '../task-argument.ts';
import { agentContext, wordsOf } from './agent-context.ts';
import { answerTimeoutMs, ask } from './send-mail.ts';

/** `belfry note`: words for another member of the team. */
export async function runNote(
  args: readonly string[],
  io: Io,
  timeoutMs = answerTimeoutMs,
): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    ...{ flags: { to: 'string', urgent: 'boolean' }, required: ['to'], positionals: [1, 1] },
  });
  const to = flags.to === 'person' ? flags.to : memberArgument(flags.to);
  const text = wordsOf('the note', positionals[0] ?? '');
  const context = agentContext('belfry note', io, ['architect', 'manager', 'engineer']);
  const note = { kind: 'note', to, text } as const;
  return ask(context.worktree, flags.urgent ? { ...note, isUrgent: true } : note, io, timeoutMs);
}
