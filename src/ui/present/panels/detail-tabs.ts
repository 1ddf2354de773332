import { type View, views } from '../../model/view.ts';
import { aimed, type Line, lineWidth, type Span, span } from '../line.ts';

const names: Readonly<Record<View, readonly [name: string, short: string]>> = {
  terminal: ['terminal', 'term'],
  task: ['task', 'task'],
  diff: ['diff', 'diff'],
  gate: ['gate', 'gate'],
  events: ['timeline', 'time'],
  threads: ['messages', 'msgs'],
  plan: ['plan', 'plan'],
  numbers: ['numbers', 'num'],
};

/** The views of the detail panel by name, to be clicked; in short or as a count where there is little room. */
export function detailTabs(shown: View, room: number): Line {
  const all = [tabs(shown, 0), tabs(shown, 1), count(shown)];
  return all.find(line => lineWidth(line) <= room) ?? [];
}

const tabs = (shown: View, form: 0 | 1): Line =>
  views.flatMap((view, index): Span[] => [
    ...(index > 0 ? [span(' ')] : []),
    ...aimed([span(names[view][form], view === shown ? 'title' : 'quiet')], { kind: 'view', view }),
  ]);

const count = (shown: View): Line => [
  ...aimed([span('[', 'key')], { kind: 'key', key: '[' }),
  span(` ${views.indexOf(shown) + 1} of ${views.length} `, 'quiet'),
  ...aimed([span(']', 'key')], { kind: 'key', key: ']' }),
];
