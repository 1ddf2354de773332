import type { Event } from '../../core/event.ts';
import type { AgentId, TaskId } from '../../core/ids.ts';
import { rememberLast } from '../../lib/remember-last.ts';
import { eventWords } from './event-words.ts';
import type { Words } from './words/sentence.ts';

/** One fact of the timeline: when, in words, and what it is about. */
export type Moment = {
  readonly at: number;
  readonly words: Words;
  readonly task: TaskId | null;
  readonly agent: AgentId | null;
};

/** Every fact in words, newest first; made once per list of facts. */
const everyMoment = rememberLast((events: readonly Event[]): readonly Moment[] =>
  events.toReversed().map(event => ({ at: event.at, words: eventWords(event), ...aboutOf(event) })),
);

export type TimelineWish = {
  readonly events: readonly Event[];
  /** Only what is about this task; null for all. */
  readonly only: TaskId | null;
  readonly filter: string;
};

/** The facts that the timeline shows: of one task or of the team, with every word of the filter in them. */
export function timeline({ events, only, filter }: TimelineWish): readonly Moment[] {
  const wanted = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const all = everyMoment(events);
  if (only === null && wanted.length === 0) return all;
  return all.filter(moment => {
    if (only !== null && moment.task !== only) return false;
    const text = `${moment.words.text} ${moment.task ?? ''} ${moment.agent ?? ''}`.toLowerCase();
    return wanted.every(word => text.includes(word));
  });
}

function aboutOf(event: Event): Pick<Moment, 'task' | 'agent'> {
  return {
    task: 'task' in event ? event.task : null,
    agent: 'agent' in event ? event.agent : null,
  };
}
