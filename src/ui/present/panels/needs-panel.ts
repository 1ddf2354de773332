import { fitText } from '../../../lib/text-width.ts';
import type { Rect } from '../../layout/arrange.ts';
import { age } from '../age.ts';
import { aimed, type Line, lineWidth, type Span, span, spread } from '../line.ts';
import type { Need } from '../needs.ts';
import type { Picture } from '../picture.ts';

const subjectWidthMax = 24;

/** The needs-you list without a border: every row of it is wanted for a need. The marked one has the keys. */
export function needsRows(picture: Picture, rect: Rect): Line[] {
  const { needs, markedNeed, now, ui } = picture;
  const at = markedNeed ? needs.indexOf(markedNeed) : 0;
  const first = Math.max(0, Math.min(at, needs.length - rect.height));
  const hidden = needs.length - rect.height;
  const shown = needs.slice(first, first + rect.height);
  const subjectWidth = Math.min(
    subjectWidthMax,
    Math.max(...shown.map(one => lineWidth([span(one.subject)]))),
  );
  return shown.map((one, index) => {
    const isMarked = one === markedNeed;
    const isLast = index === rect.height - 1;
    const more = hidden > 0 && isLast ? [span(`  +${hidden} more`, 'warn')] : [];
    const keys = isMarked ? keyWords(one, ui.focus === 'needs') : [];
    const since = span(` ${age(one.since, now).padStart(4)} `, 'quiet');
    const tone = one.kind === 'behind' ? 'plain' : 'warn';
    const left = [
      span(isMarked ? '▸' : ' ', 'accent'),
      span('! ', tone),
      span(fitText(one.subject, subjectWidth), isMarked ? 'strong' : tone),
      span('  '),
      span(one.text),
    ];
    const row = spread(left, [...keys, ...more, since], rect.width);
    return aimed(row, { kind: 'need', need: one.key });
  });
}

/** Keys that work from every panel, or all of them once the list has the focus. */
function keyWords(need: Need, isFocused: boolean): Span[] {
  const keys = isFocused ? need.keys : need.anywhere;
  if (keys === '') return keyHint('w', 'look');
  return keys.split(' · ').flatMap(one => {
    const [key = '', ...words] = one.split(' ');
    return keyHint(key, words.join(' '));
  });
}

const keyHint = (key: string, words: string): Span[] => [
  span('  '),
  // The words of a need spell keys as people do.
  ...aimed([span(key, 'key'), span(` ${words}`, 'quiet')], {
    kind: 'key',
    key: key === 'Enter' ? 'enter' : key,
  }),
];
