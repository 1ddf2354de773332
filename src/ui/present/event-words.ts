import type { Event, EventType } from '../../core/event.ts';
import { agentWords } from './words/agent-words.ts';
import { attemptWords } from './words/attempt-words.ts';
import { runWords } from './words/run-words.ts';
import type { Sentences, Words } from './words/sentence.ts';
import { taskWords } from './words/task-words.ts';

/** One sentence for each type of fact: the compiler asks for those that are missing. */
const sentences: Sentences<EventType> = {
  ...runWords,
  ...agentWords,
  ...taskWords,
  ...attemptWords,
};

/** A fact as a sentence for the person. */
export function eventWords(event: Event): Words {
  const say = sentences[event.type] as (event: Event) => Words;
  return say(event);
}
