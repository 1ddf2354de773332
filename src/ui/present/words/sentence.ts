import type { Event, EventType } from '../../../core/event.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import type { Tone } from '../line.ts';

/** `quiet`: part of the story, and no news. */
export type Words = { readonly text: string; readonly tone: Tone };

/** What is said of a fact of each of these types. */
export type Sentences<Type extends EventType> = {
  readonly [One in Type]: (event: Extract<Event, { readonly type: One }>) => Words;
};

export const words = (text: string, tone: Tone = 'plain'): Words => ({
  text: cleanText(text),
  tone,
});

/** Who did it, as the person reads it. */
export const whoOf = (by: string): string => (by === 'person' ? 'you' : by);
