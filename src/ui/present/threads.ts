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

/** Words of people and agents by pair of writers, the thread with the newest message first. */
export function threadsOf(messages: readonly Message[]): readonly Thread[] {
  const threads = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.kind !== 'note' && message.kind !== 'goal') continue;
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

const newestOf = ({ messages }: Thread) => Number(messages.at(-1)?.id.slice(2) ?? 0);
