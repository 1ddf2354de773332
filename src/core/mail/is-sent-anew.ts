import type { Message } from '../message.ts';
import type { State } from '../state.ts';

/** Whether a later message says the same to the same member: then the failure of this one is nobody's loss. */
export function isSentAnew({ messages }: State, message: Message): boolean {
  const at = messages.findIndex(one => one.id === message.id);
  return messages.slice(at + 1).some(one => saysSame(one, message));
}

const saysSame = (one: Message, other: Message): boolean =>
  one.kind === other.kind &&
  one.from === other.from &&
  one.to === other.to &&
  one.task === other.task &&
  one.attempt === other.attempt &&
  one.text === other.text;
