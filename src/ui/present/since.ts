import type { Event } from '../../core/event.ts';
import { clockTime } from './age.ts';
import { type Line, type Span, span, type Tone } from './line.ts';

const namesMax = 4;

/** What happened since `lookedAt`, outcomes only; null when nothing worth a line did. */
export function sinceLine(events: readonly Event[], lookedAt: number): Line | null {
  const recent = events.filter(event => event.at > lookedAt);
  const groups = [
    group('landed', 'good', recent, event =>
      event.type === 'landing.finished' ? event.task : null,
    ),
    group('caught', 'bad', recent, event =>
      (event.type === 'attempt.failed' && event.reason === 'gate') ||
      event.type === 'attempt.collided'
        ? `${event.task}/${event.attempt}`
        : null,
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
    group('exited', 'warn', recent, event => (event.type === 'agent.exited' ? event.agent : null)),
    group('added', 'plain', recent, event => (event.type === 'task.added' ? event.task : null)),
  ].filter(one => one.length > 0);
  if (groups.length === 0) return null;
  const spans: Span[] = [span(` since you looked, ${clockTime(lookedAt)}: `, 'quiet')];
  for (const [index, one] of groups.entries()) {
    if (index > 0) spans.push(span(' · ', 'quiet'));
    spans.push(...one);
  }
  return spans;
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
