import { fitText, textWidth } from '../../../lib/text-width.ts';
import type { ActionId } from '../../actions/action-ids.ts';
import { type KeyRow, keyFor, keyWord } from '../../keymap/keymap.ts';
import type { Panel } from '../../layout/arrange.ts';
import { age } from '../age.ts';
import { type Need, subjectColumnsMax } from '../facts/need.ts';
import { aimed, type Line, lineWidth, type Span, span } from '../line.ts';

/** What the rows of the list depend on, beside the time. */
export type NeedsFacts = {
  readonly needs: readonly Need[];
  readonly markedNeed: Need | null;
  readonly keymap: readonly KeyRow[];
  readonly ui: { readonly focus: Panel };
};

/** A row in its three parts: `text` gets what the other two leave of its width. */
export type NeedRow = { readonly need: Need; readonly left: Line; readonly right: Line };

type Room = { readonly width: number; readonly height: number };

/** Of what a need says, before keys that the footer tells, too, take its place: what it is about. */
const textColumnsMin = 24;

/** The rows that are seen, at most `height`, around the marked one, which has the keys. */
export function needRows(
  { needs, markedNeed, keymap, ui }: NeedsFacts,
  { width, height, now, isOpen }: Room & { now: number; isOpen: (action: ActionId) => boolean },
): readonly NeedRow[] {
  const at = markedNeed ? needs.indexOf(markedNeed) : 0;
  const first = Math.max(0, Math.min(at, needs.length - height));
  const hidden = needs.length - height;
  const shown = needs.slice(first, first + height);
  const subjectWidth = Math.min(
    subjectColumnsMax,
    Math.max(...shown.map(one => lineWidth([span(one.subject)]))),
  );
  return shown.map((need, index) => {
    const isMarked = need === markedNeed;
    const isLast = index === height - 1;
    const more = hidden > 0 && isLast ? [span(`  +${hidden} more`, 'warn')] : [];
    const since = span(` ${age(need.since, now).padStart(4)} `, 'quiet');
    const tone = need.kind === 'behind' ? 'plain' : 'warn';
    const left = [
      span(isMarked ? '▸' : ' ', 'accent'),
      span('! ', tone),
      span(fitText(need.subject, subjectWidth), isMarked ? 'strong' : tone),
      span('  '),
    ];
    const right = [...more, since];
    const room =
      width - lineWidth([...left, ...right]) - Math.min(textColumnsMin, textWidth(need.text));
    const keys = isMarked ? fittingKeys(answerKeys(need, { keymap, ui, isOpen }), need, room) : [];
    return { need, left, right: [...keys, ...right] };
  });
}

/** Whether the list, in that many columns and rows, shows all that the need says. */
export function isReadWhole(facts: NeedsFacts, key: string, { width, height }: Room): boolean {
  const rows = needRows(facts, { width, height, now: 0, isOpen: () => true });
  const row = rows.find(one => one.need.key === key);
  if (!row) return false;
  return textWidth(row.need.text) <= width - lineWidth(row.left) - lineWidth(row.right);
}

/** What works from every panel, or everything once the list has the focus. */
function answerKeys(
  need: Need,
  { keymap, ui, isOpen }: Pick<NeedsFacts, 'keymap' | 'ui'> & { isOpen: (id: ActionId) => boolean },
): readonly Span[][] {
  const isFocused = ui.focus === 'needs';
  const answers = (isFocused ? need.answers : need.answers.slice(0, need.anywhere)).filter(
    ([action]) => isOpen(action),
  );
  const shown: Need['answers'] =
    answers.length === 0 && !isFocused ? [['needs.next', 'look']] : answers;
  return shown.map(([action, word]) => {
    const key = keyFor(keymap, action, 'needs') ?? '';
    const hint = [span(keyWord(key), 'key'), span(` ${word}`, 'quiet')];
    return [span('  '), ...aimed(hint, { kind: 'key', key })];
  });
}

/** As many keys as there is room for; the first one, and those that work from every panel, always stand. */
function fittingKeys(keys: readonly Span[][], { anywhere }: Need, room: number): Span[] {
  const least = Math.max(1, anywhere);
  for (let count = keys.length; ; count -= 1) {
    const more = count < keys.length ? [span('  …', 'quiet')] : [];
    const shown = [...keys.slice(0, count).flat(), ...more];
    if (count <= least || lineWidth(shown) <= room) return shown;
  }
}
