import { fitText } from '../../../lib/text-width.ts';
import { whyUnavailable } from '../../actions/why-unavailable.ts';
import { keyFor, keyWord } from '../../keymap/keymap.ts';
import type { Rect } from '../../layout/arrange.ts';
import { age } from '../age.ts';
import type { Need } from '../facts/need.ts';
import { aimed, type Line, lineWidth, type Span, span, spread } from '../line.ts';
import type { Picture } from '../picture.ts';

const subjectWidthMax = 24;

/** The needs-you list without a border: every row of it is wanted for a need. The marked one has the keys. */
export function needsRows(picture: Picture, rect: Rect): Line[] {
  const { needs, markedNeed, now } = picture;
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
    const keys = isMarked ? answerKeys(picture, one) : [];
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

/** What works from every panel, or everything once the list has the focus. */
function answerKeys(picture: Picture, need: Need): Span[] {
  const { keymap, ui } = picture;
  const isFocused = ui.focus === 'needs';
  const wanted = isFocused ? need.answers : need.answers.slice(0, need.anywhere);
  const answers =
    picture.readOnly === null
      ? wanted
      : wanted.filter(([action]) => whyUnavailable(action, picture) === null);
  const shown: Need['answers'] =
    answers.length === 0 && !isFocused ? [['needs.next', 'look']] : answers;
  return shown.flatMap(([action, word]) => {
    const key = keyFor(keymap, action, 'needs') ?? '';
    const hint = [span(keyWord(key), 'key'), span(` ${word}`, 'quiet')];
    return [span('  '), ...aimed(hint, { kind: 'key', key })];
  });
}
