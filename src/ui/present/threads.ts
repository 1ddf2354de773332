import type { AgentId } from '../../core/ids.ts';
import type { Message } from '../../core/message.ts';

type Writer = AgentId | 'person' | 'belfry';

/** What two members have written to each other, oldest first. */
export type Thread = {
  readonly members: readonly [Writer, Writer];
  readonly messages: readonly Message[];
  readonly waiting: number;
  readonly undelivered: number;
};

/**
 * Words of people and agents by pair of writers, the thread with the newest message first. What Belfry
 * itself types is the workflow's and not shown, unless it did not arrive.
 */
export function threadsOf(messages: readonly Message[]): readonly Thread[] {
  const threads = new Map<string, Message[]>();
  for (const message of messages) {
    const { kind, again } = message;
    const isWords = (kind === 'note' || kind === 'goal') && again === undefined;
    if (!isWords && message.delivery !== 'undelivered') continue;
    const key = membersOf(message).join(' ');
    threads.set(key, [...(threads.get(key) ?? []), message]);
  }
  const count = (thread: readonly Message[], delivery: Message['delivery']) =>
    thread.filter(one => one.delivery === delivery).length;
  return [...threads.values()]
    .map(thread => ({
      members: membersOf(thread[0] as Message),
      messages: thread,
      waiting: count(thread, 'queued') + count(thread, 'typed'),
      undelivered: count(thread, 'undelivered'),
    }))
    .sort((a, b) => newestOf(b) - newestOf(a));
}

/** The same two, whoever of them writes. */
function membersOf({ from, to }: Message): readonly [Writer, Writer] {
  return from < to ? [from, to] : [to, from];
}

/** Whoever of the two can be written to; of two agents the one who wrote last. */
export function partnerOf({ messages }: Thread): AgentId {
  const { from, to } = messages.at(-1) as Message;
  return from === 'person' || from === 'belfry' ? to : from;
}

const newestOf = ({ messages }: Thread) => Number(messages.at(-1)?.id.slice(2) ?? 0);
