import type { Event } from '../../core/event.ts';
import type { State } from '../../core/state.ts';
import { age, clockTime } from './age.ts';
import { type Stuck, stuckOnes } from './facts/stuck.ts';
import { isCatch } from './facts/trend.ts';
import { type Line, type Span, span, type Tone } from './line.ts';
import type { Need } from './needs.ts';
import { dollars } from './usage/usage-words.ts';

const namesMax = 4;

export type SinceFacts = {
  readonly events: readonly Event[];
  readonly lookedAt: number;
  readonly state: State;
  readonly now: number;
  /** Dollars since then; null where it is not known. */
  readonly spentSince: number | null;
  readonly needs: readonly Need[];
};

/**
 * What came of the team's work since the person looked, who is stuck, and what it cost; null when nothing
 * happened that is worth a line.
 */
export function sinceLine(facts: SinceFacts): Line | null {
  const { events, lookedAt, state, now, spentSince, needs } = facts;
  const recent = events.filter(event => event.at > lookedAt);
  const outcomes = outcomeGroups(recent).filter(one => one.length > 0);
  const stuck = stuckOnes(state, now);
  // Those that wait for the person are in the list above already.
  const isAsked = ({ name }: Stuck) => needs.some(one => one.task === name || one.agent === name);
  if (outcomes.length === 0 && stuck.every(isAsked)) return null;
  const spent =
    spentSince !== null && spentSince >= 0.01 ? [span(`${dollars(spentSince)} spent`)] : [];
  const [first = [], second = [], ...rest] = outcomes;
  // What a narrow terminal cuts is what matters least.
  const groups = [first, second, stuckGroup(stuck, now), spent, ...rest].filter(
    one => one.length > 0,
  );
  const spans: Span[] = [span(` since you looked, ${clockTime(lookedAt)}: `, 'quiet')];
  for (const [index, one] of groups.entries()) {
    if (index > 0) spans.push(span(' · ', 'quiet'));
    spans.push(...one);
  }
  return spans;
}

function stuckGroup(stuck: readonly Stuck[], now: number): Span[] {
  if (stuck.length === 0) return [];
  const names = stuck.slice(0, stuckMax).map(({ name, since }) => `${name} ${age(since, now)}`);
  const more = stuck.length > stuckMax ? ` and ${stuck.length - stuckMax} more` : '';
  return [span('stuck', 'warn'), span(` ${names.join(', ')}${more}`)];
}

const stuckMax = 3;

/** In the order in which they are worth knowing. */
function outcomeGroups(recent: readonly Event[]): Span[][] {
  const agentExits = (event: Event) => (event.type === 'agent.exited' ? event.agent : null);
  return [
    group('landed', 'good', recent, event =>
      event.type === 'landing.finished' ? event.task : null,
    ),
    group('caught', 'bad', recent, event =>
      isCatch(event) && 'attempt' in event ? `${event.task}/${event.attempt}` : null,
    ),
    group('conflict', 'warn', recent, event =>
      event.type === 'attempt.conflicted' ? event.task : null,
    ),
    group('escalated', 'warn', recent, event =>
      event.type === 'task.escalated' ? event.task : null,
    ),
    group('blocked', 'warn', recent, event => (event.type === 'task.blocked' ? event.task : null)),
    group('stalled', 'warn', recent, event =>
      event.type === 'attempt.failed' && event.reason !== 'gate' ? event.task : null,
    ),
    group('fresh session', 'plain', recent, event =>
      event.type === 'attempt.handedOver' ? event.agent : null,
    ),
    group('exited', 'warn', recent, agentExits),
    group('added', 'plain', recent, event => (event.type === 'task.added' ? event.task : null)),
  ];
}

function group(
  word: string,
  tone: Tone,
  events: readonly Event[],
  nameOf: (event: Event) => string | null,
): Span[] {
  const names = [...new Set(events.map(nameOf).filter(name => name !== null))];
  if (names.length === 0) return [];
  const more = names.length > namesMax ? ` and ${names.length - namesMax} more` : '';
  return [span(word, tone), span(` ${names.slice(0, namesMax).join(' ')}${more}`)];
}
