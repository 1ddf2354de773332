import type { Event, EventOf } from '../core/event.ts';
import type { Message } from '../core/message.ts';
import { cleanBlock, cleanText } from '../lib/clean-text.ts';
import { jsonText } from '../lib/json-text.ts';
import { fullTime } from '../ui/present/age.ts';
import type { Io } from './io.ts';
import { readFacts } from './journal-problem.ts';
import { openState } from './open-state.ts';
import { parseCommand } from './parse-arguments.ts';
import { UserError } from './user-error.ts';

type Letter = Omit<EventOf<'message.sent'>, 'type'> & {
  readonly at: number;
  readonly delivery: Message['delivery'];
  /** Why it did not arrive. */
  readonly why: string | null;
};

/** `belfry messages [MEMBER] [--all] [--json]`: every message since the first start here, from the journal. */
export async function runMessagesCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { json: 'boolean', all: 'boolean' },
    positionals: [0, 1],
  });
  const [member] = positionals;
  const { state } = await openState(io.cwd, io);
  const letters = lettersOf(await readFacts(state.journal));
  const members = [...new Set(letters.flatMap(({ from, to }) => [from, to]))];
  if (member !== undefined && !members.some(one => one === member))
    throw new UserError(
      `nobody called ${member} has written or got a message${members.length === 0 ? '.' : `; there are ${members.sort().join(', ')}.`}`,
    );
  const shown = letters
    .filter(({ from, to }) => member === undefined || from === member || to === member)
    // What Belfry types itself is the workflow's, unless it did not arrive.
    .filter(one => flags.all || isWords(one) || one.delivery === 'undelivered');
  if (flags.json) io.stdout(jsonText(shown));
  else
    io.stdout(
      shown.length === 0 ? `${nothingSaid(letters.length)}\n` : shown.map(textOf).join('\n'),
    );
  return 0;
}

const nothingSaid = (typed: number) =>
  typed === 0
    ? 'Nobody has written a message yet.'
    : 'Nobody has written a message yet. --all shows what Belfry typed itself, too.';

const isWords = ({ kind }: Letter) => kind === 'note' || kind === 'goal';

/** In order of sending. */
function lettersOf(events: readonly Event[]): readonly Letter[] {
  const letters = new Map<string, Letter>();
  const settle = (id: string, change: Partial<Letter>) => {
    const known = letters.get(id);
    if (known !== undefined) letters.set(id, { ...known, ...change });
  };
  for (const event of events) {
    if (event.type === 'message.sent') {
      const { type: _type, ...sent } = event;
      letters.set(event.id, { ...sent, delivery: 'queued', why: null });
    }
    if (event.type === 'message.typed') settle(event.id, { delivery: 'typed' });
    if (event.type === 'message.delivered') settle(event.id, { delivery: 'delivered' });
    if (event.type === 'message.failed')
      settle(event.id, { delivery: 'undelivered', why: event.why });
  }
  return [...letters.values()];
}

const indent = '    ';

function textOf({ id, at, from, to, kind, task, text, delivery, why }: Letter): string {
  const about = task === null ? kind : `${kind} of ${task}`;
  const end = why === null ? delivery : `${delivery}: ${cleanText(why)}`;
  const head = `${fullTime(at)} ${id} ${from} to ${to} (${about}, ${end})`;
  const body = cleanBlock(text).trimEnd();
  const rows = body === '' ? [] : body.split('\n').map(row => `${indent}${row}`.trimEnd());
  return [head, ...rows, ''].join('\n');
}
