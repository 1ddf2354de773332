import type { Event } from '../../../core/event.ts';
import type { AgentId } from '../../../core/ids.ts';
import { whyQueued } from '../../../core/mail/why-queued.ts';
import type { Message } from '../../../core/message.ts';
import type { State } from '../../../core/state.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { rememberLast } from '../../../lib/remember-last.ts';
import { pastTime, plural, startOfDay } from '../age.ts';
import { type Line, line, lineText, type Span, span, spread } from '../line.ts';
import { partnerOf, type Thread, threadsOf } from '../threads.ts';
import { textLines } from '../wrap.ts';

/** One row of the messages view, and who is written to from it. */
export type ThreadRow = {
  readonly line: Line;
  readonly agent: AgentId;
  /** The first row of a thread. */
  readonly isHead: boolean;
  /** The message that the row belongs to; null in the first row of a thread. */
  readonly message: Message | null;
};

export type ThreadsWish = {
  readonly state: State;
  readonly events: readonly Event[];
  readonly filter: string;
  readonly width: number;
  /** What is read today: a time of another day is told with its day. */
  readonly time: number;
};

/** More of one message is not read on a page that shows all of them. */
const shownCharsMax = 4_000;

const byMessages = rememberLast((messages: readonly Message[]) => {
  const threads = threadsOf(messages);
  return rememberLast((events: readonly Event[]) => {
    const reasons = reasonsOf(events);
    return rememberLast((waits: string) => {
      const whys = new Map([...reasons, ...(JSON.parse(waits) as [string, string][])]);
      return rememberLast((today: number) =>
        rememberLast((width: number) =>
          threads.flatMap(thread => threadRows(thread, { whys, today, width })),
        ),
      );
    });
  });
});

/** Every thread with its messages, the newest thread first. Laid out once for what it is made of. */
export function rowsOfThreads(wish: ThreadsWish): readonly ThreadRow[] {
  const { state, events, filter, width, time } = wish;
  const rows = byMessages(state.messages)(events)(waitsOf(state))(startOfDay(time))(width);
  const wanted = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  const isHit = (row: ThreadRow): boolean => {
    const text = `${lineText(row.line)} ${row.message?.text ?? ''}`.toLowerCase();
    return wanted.every(word => text.includes(word));
  };
  const hits = new Set(rows.filter(isHit).map(row => row.message));
  return rows.filter(row => row.message !== null && hits.has(row.message));
}

export function threadsLines(wish: ThreadsWish): readonly Line[] {
  const rows = rowsOfThreads(wish);
  const { messages, messageCount } = wish.state;
  const older = messageCount > messages.length ? olderLines(wish.width) : [];
  if (rows.length > 0) return [...rows.map(row => row.line), ...older];
  if (wish.filter !== '')
    return [line(` No message matches “${cleanText(wish.filter)}”.`, 'quiet'), ...older];
  return [
    line(' Nobody has written a message yet.', 'strong'),
    ...textLines(
      'S writes to any member; what members write to each other is here too.',
      wish.width,
      'quiet',
      1,
    ),
  ];
}

const olderLines = (width: number): readonly Line[] =>
  textLines(
    'The page keeps the newest. “belfry messages” in a shell prints all of them.',
    width,
    'quiet',
    1,
  );

/** What queued messages wait for, as a text: it is compared on every frame. */
const waitsOf = (state: State): string =>
  JSON.stringify(
    state.messages.flatMap(message => {
      const why = whyQueued(state, message);
      return why === null ? [] : [[message.id, `waits: ${why}`]];
    }),
  );

type Laying = {
  /** Why messages did not arrive or wait, by their ids. */
  readonly whys: ReadonlyMap<string, string>;
  /** The beginning of the day on which they are read. */
  readonly today: number;
  readonly width: number;
};

function threadRows(thread: Thread, laying: Laying): ThreadRow[] {
  const head = { line: headLine(thread, laying.width), agent: partnerOf(thread), isHead: true };
  return [
    { ...head, message: null },
    ...thread.messages.flatMap(message => messageRows(message, laying)),
  ];
}

function headLine({ members, messages, waiting, undelivered }: Thread, width: number): Line {
  const spans: Span[] = [
    span(`── ${members.map(nameOf).sort(personFirst).join(' and ')}`, 'title'),
    span(`  ${plural(messages.length, 'message')}`, 'quiet'),
    ...(waiting > 0 ? [span(`  ${waiting} on the way`, 'busy')] : []),
    ...(undelivered > 0 ? [span(`  ${undelivered} undelivered`, 'bad')] : []),
    span(' '),
  ];
  return spread(spans, [], width).map((one, index, all) =>
    index === all.length - 1 && one.text.trim() === ''
      ? span('─'.repeat(one.text.length), 'quiet')
      : one,
  );
}

const nameOf = (writer: string): string => (writer === 'person' ? 'you' : writer);
const personFirst = (one: string, other: string): number =>
  Number(other === 'you') - Number(one === 'you');

function messageRows(message: Message, { whys, today, width }: Laying): ThreadRow[] {
  const { from, to, sentAt, kind, text, task, urgent } = message;
  const left = [
    span(` ${pastTime(sentAt, today)} `, 'quiet'),
    span(nameOf(from), from === 'person' ? 'accent' : 'strong'),
    span(` to ${to}`, 'quiet'),
    ...(kind === 'goal' ? [span('  goal', 'busy')] : []),
    ...(urgent ? [span('  urgent', 'warn')] : []),
  ];
  const shown = text === '' ? `${kind} of ${task ?? 'no task'}` : text.slice(0, shownCharsMax);
  const body = textLines(shown, width - 1, 'plain', bodyIndent);
  const why = whys.get(message.id);
  const tone = message.delivery === 'undelivered' ? 'warn' : 'quiet';
  const reason = why === undefined ? [] : textLines(why, width - 1, tone, bodyIndent);
  const agent = from === 'person' || from === 'belfry' ? to : from;
  return [spread(left, [deliverySpan(message), span(' ')], width), ...body, ...reason].map(one => ({
    line: one,
    agent,
    isHead: false,
    message,
  }));
}

const bodyIndent = 7;

/** Typed is not read: only the agent CLI's own signal confirms. */
function deliverySpan({ delivery }: Message): Span {
  switch (delivery) {
    case 'queued':
      return span('◌ queued', 'quiet');
    case 'typed':
      return span('→ delivered', 'busy');
    case 'delivered':
      return span('✓ confirmed', 'good');
    case 'undelivered':
      return span('× undelivered', 'bad');
  }
}

/** Why messages did not arrive, by their ids; one that is tried again is another message. */
function reasonsOf(events: readonly Event[]): ReadonlyMap<string, string> {
  const failed = events.flatMap(event =>
    event.type === 'message.failed' ? [[event.id, event.why] as const] : [],
  );
  return new Map(failed);
}
