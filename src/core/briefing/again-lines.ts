import type { Message } from '../message.ts';
import type { State } from '../state.ts';

/** More would drown what is asked. */
const tasksShown = 20;

/** What a fresh session must know that is told what another one was told before it. */
export function againLines(state: State, message: Message): readonly string[] {
  const since = firstOf(state, message).sentAt;
  const added = Object.values(state.tasks).filter(
    one => one.addedBy === message.to && one.addedAt >= since && one.dropped === null,
  );
  const rows = added.slice(-tasksShown).map(({ id, title }) => `  ${id}: ${title}`);
  return [
    '',
    'A session before you was told this and could not go on. What it did about it is not undone.',
    ...(rows.length === 0 ? [] : ['It has added these tasks; add only what is missing:', ...rows]),
  ];
}

/** Sessions can be lost one after the other. */
function firstOf(state: State, message: Message): Message {
  const before = state.messages.find(one => one.id === message.again);
  return before === undefined ? message : firstOf(state, before);
}
