import { readNote } from '../../adapters/agent-cli/reading-notes.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { ReadingNote } from '../../ports/agent-cli.ts';
import { fullTime } from '../../ui/present/age.ts';
import type { Io } from '../io.ts';
import { openState } from '../open-state.ts';
import { parseCommand } from '../parse-arguments.ts';
import { UserError } from '../user-error.ts';
import { explainRecording } from './explain-recording.ts';

/** `belfry explain AGENT`: why its status is what it is. `--recording`: what would be told of a recorded one. */
export async function runExplainCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { recording: 'string', cli: 'string' },
    positionals: [0, 1],
  });
  if (flags.recording !== undefined) {
    io.stdout(explainRecording(flags.recording, flags.cli ?? null, io));
    return 0;
  }
  const [agent] = positionals;
  if (agent === undefined)
    throw new UserError('name an agent, like “belfry explain eng-1”, or --recording FILE.', 2);
  const { state, root } = await openState(io.cwd, io);
  const note = /^[a-z0-9-]+$/.test(agent) ? readNote(state.agents, agent) : null;
  if (note === null)
    throw new UserError(
      `nothing is known of ${agent} in ${root}. “belfry status” names who is on the team.`,
    );
  io.stdout(explained(note));
  return 0;
}

function goesOn(until: number | null | undefined): readonly string[] {
  if (until === undefined) return [];
  if (until === null) return ['  goes on   when a person has mended the cause'];
  return [`  goes on   at ${fullTime(until)}, as its agent CLI says`];
}

function explained({ agent, cli, at, session, reading, reported, title, tokens }: ReadingNote) {
  const { status, reason, question, evidence, until } = reading;
  const isDoubted = reported !== null && reported !== status;
  return [
    `${agent} (${cli}, session ${session}), as of ${fullTime(at)}`,
    `  status    ${status}`,
    ...(isDoubted ? [`  shown     ${reported}, until this has lasted`] : []),
    `  because   ${cleanText(reason)}`,
    ...(question === null ? [] : [`  asks      ${cleanText(question.text)}`]),
    ...goesOn(until),
    '  told by',
    ...evidence.map(({ source, says }) => `    ${source.padEnd(17)} ${cleanText(says)}`),
    ...(evidence.length === 0 ? ['    nothing yet'] : []),
    `  title     ${cleanText(title) || 'none'}`,
    `  tokens    ${
      tokens === null
        ? 'not known'
        : `${tokens.input} input, ${tokens.cached} cached, ${tokens.output} output`
    }`,
    '',
  ].join('\n');
}
