import type { Event } from '../../core/event.ts';
import type { State } from '../../core/state.ts';
import { age, pastTime } from './age.ts';
import type { Need } from './facts/need.ts';
import { type Stuck, stuckOnes } from './facts/stuck.ts';
import { isCatch } from './facts/trend.ts';
import { type Line, lineWidth, type Span, span, type Tone } from './line.ts';
import { dollars } from './usage/usage-words.ts';

/** Names in each group: fewer, and at last only how many, where the terminal is narrow. */
const namesMax: readonly number[] = [4, 2, 0];

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
export function sinceLine(facts: SinceFacts, width = Number.POSITIVE_INFINITY): Line | null {
  let line: Line | null = null;
  for (const names of namesMax) {
    line = lineWith(facts, names);
    if (line === null || lineWidth(line) <= width) return line;
  }
  return line;
}

function lineWith(facts: SinceFacts, names: number): Line | null {
  const { events, lookedAt, state, now, spentSince, needs } = facts;
  const recent = events.filter(event => event.at > lookedAt);
  const outcomes = outcomeGroups(recent)
    .map(one => groupSpans(one, names))
    .filter(one => one.length > 0);
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
  const spans: Span[] = [span(` since you looked, ${pastTime(lookedAt, now)}: `, 'quiet')];
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

type Group = { readonly word: string; readonly tone: Tone; readonly names: readonly string[] };

/** In the order in which they are worth knowing. */
function outcomeGroups(recent: readonly Event[]): readonly Group[] {
  const group = (word: string, tone: Tone, nameOf: (event: Event) => string | null): Group => ({
    ...{ word, tone },
    names: [...new Set(recent.map(nameOf).filter(name => name !== null))],
  });
  const taskOf =
    (type: 'landing.finished' | 'attempt.conflicted' | 'task.escalated' | 'task.blocked') =>
    (event: Event) =>
      event.type === type ? event.task : null;
  return [
    group('landed', 'good', taskOf('landing.finished')),
    group('caught', 'bad', event =>
      isCatch(event) && 'attempt' in event ? `${event.task}/${event.attempt}` : null,
    ),
    group('conflict', 'warn', taskOf('attempt.conflicted')),
    group('escalated', 'warn', taskOf('task.escalated')),
    group('blocked', 'warn', taskOf('task.blocked')),
    group('stalled', 'warn', event =>
      event.type === 'attempt.failed' && event.reason !== 'gate' ? event.task : null,
    ),
    group('fresh session', 'plain', event =>
      event.type === 'attempt.handedOver' ? event.agent : null,
    ),
    group('exited', 'warn', event => (event.type === 'agent.exited' ? event.agent : null)),
    // What a person adds is no news to them.
    group('added', 'plain', event =>
      event.type === 'task.added' && event.by !== 'person' ? event.task : null,
    ),
  ];
}

function groupSpans({ word, tone, names }: Group, shownMax: number): Span[] {
  if (names.length === 0) return [];
  // One name is as short as its count, and says more.
  if (shownMax === 0 && names.length > 1) return [span(word, tone), span(` ${names.length}`)];
  const shown = names.slice(0, Math.max(1, shownMax));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return [span(word, tone), span(` ${shown.join(' ')}${more}`)];
}
