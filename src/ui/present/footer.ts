import { cleanText } from '../../lib/clean-text.ts';
import { cutText } from '../../lib/text-width.ts';
import type { ActionId } from '../actions/action-ids.ts';
import { whyUnavailable } from '../actions/why-unavailable.ts';
import { keyFor, keyWord } from '../keymap/keymap.ts';
import { type Panel, pageColumnsMin } from '../layout/arrange.ts';
import type { Need } from './facts/need.ts';
import { aimed, fitLine, type Line, lineWidth, type Span, span, spread } from './line.ts';
import { fieldSpans } from './overlay.ts';
import { keyLabel, wantedKeys } from './panels/footer-keys.ts';
import type { Picture } from './picture.ts';

const keysMax = 7;
/** Of the hidden filter, which is cut to these before help gives way: its name and a sign of it. */
const filterColumnsMin = 17;

/** The last row: the answer to the last key, what is being typed, or the keys that work here. */
export function footerLine(picture: Picture, width: number, leaveKey: string): Line {
  const { ui } = picture;
  const helpKey = keyFor(picture.keymap, 'page.help') ?? '';
  const help = aimed(keyHint(keyWord(helpKey), 'help'), { kind: 'key', key: helpKey });
  const last = [span('  '), ...help, span(' ')];
  if (ui.overlay?.kind === 'filter') {
    const kinds = ui.overlay.of === 'board' && width >= 72 ? '@agent !flag #label · ' : '';
    const hint = [span(`  ${kinds}`, 'quiet'), ...leaveHints('Enter keep', 'Esc clear')];
    return spread([span(' filter: ', 'accent'), ...fieldSpans(ui.overlay.query)], hint, width);
  }
  if (ui.overlay?.kind === 'search') {
    const hint = [span('  '), ...leaveHints('Enter look back', 'Esc leave')];
    return spread([span(' search: ', 'accent'), ...fieldSpans(ui.overlay.query)], hint, width);
  }
  if (ui.overlay?.kind === 'replay') return fitLine(replayHints, width);
  // A box says its own keys on its lower edge; those of the page would go into it.
  if (ui.overlay !== null)
    return fitLine(ui.notice ? [span(' '), span(ui.notice.text, ui.notice.tone)] : [], width);
  const hidden = hiddenFilter(picture, width);
  if (ui.notice)
    return noticeLine([span(' '), span(ui.notice.text, ui.notice.tone)], { hidden, last, width });
  if (ui.typingTo) {
    return fitLine(
      [
        ...hidden,
        span(' '),
        ...keyHint(leaveKey, `leave ${ui.typingTo}`),
        span('  every other key goes to it', 'quiet'),
      ],
      width,
    );
  }
  const hints = keyHints(picture, width - lineWidth(last) - lineWidth(hidden));
  return spread([...hidden, ...hints], last, width);
}

/**
 * The filter gives way first, but says that it is there; then help, which the next key tells again: the end of an
 * answer may be the key that undoes it. An end that has no place in any case costs neither.
 */
function noticeLine(
  answer: Line,
  { hidden, last, width }: { readonly hidden: Line; readonly last: Line; readonly width: number },
): Line {
  const room = width - lineWidth(answer);
  const filterMin = Math.min(lineWidth(hidden), filterColumnsMin);
  const isHelped = room - lineWidth(last) >= filterMin || room < filterMin;
  const end = isHelped ? last : [];
  const left = Math.max(filterMin, room - lineWidth(end));
  const said = [...fitLine(hidden, Math.min(left, lineWidth(hidden))), ...answer];
  return spread(said, end, width);
}

/** The board's filter where the board itself is out of sight: nothing is filtered unseen. */
function hiddenFilter({ ui }: Picture, width: number): Line {
  const isBoardHidden = ui.isZoomed || (width < pageColumnsMin && ui.focus === 'detail');
  if (ui.filter.board === '' || !isBoardHidden) return [];
  // A long one leaves the answer to the last key its place.
  const text = cutText(cleanText(ui.filter.board), Math.floor(width / 3));
  return [span(` board filter: ${text} `, 'warn')];
}

/** How the row that is typed into is left, by key or click. */
const leaveHints = (enter: string, esc: string): Line => [
  ...aimed([span(enter, 'quiet')], { kind: 'key', key: 'enter' }),
  span(' · ', 'quiet'),
  ...aimed([span(`${esc} `, 'quiet')], { kind: 'key', key: 'esc' }),
];

const keyHint = (key: string, label: string): Span[] => [
  span(key, 'key'),
  span(` ${label}`, 'quiet'),
];

const replayHints: Line = [
  span(' '),
  ...aimed([span('←', 'key')], { kind: 'key', key: 'left' }),
  ...aimed(keyHint('→', '5 s'), { kind: 'key', key: 'right' }),
  span('  '),
  ...aimed([span('[', 'key')], { kind: 'key', key: '[' }),
  ...aimed(keyHint(' ]', 'marks'), { kind: 'key', key: ']' }),
  span('  '),
  ...aimed(keyHint('Space', 'play'), { kind: 'key', key: ' ' }),
  span('  '),
  ...aimed(keyHint('z', 'zoom'), { kind: 'key', key: 'z' }),
  span('  '),
  ...aimed(keyHint('Esc', 'leave'), { kind: 'key', key: 'esc' }),
];

function keyHints(picture: Picture, width: number): Line {
  const { ui } = picture;
  // However narrow the page is, the way out of a text is told.
  const out = ui.focus === 'detail' ? actionHint(picture, 'page.back') : [];
  const wanted = new Set([...wantedByNeeds(picture), ...wantedKeys(ui)]);
  const able = [...wanted].filter(id => whyUnavailable(id, picture) === null);
  const spans: Span[] = [];
  for (const id of able.slice(0, keysMax)) {
    const hint = actionHint(picture, id);
    if (lineWidth([...spans, ...hint, ...out]) > width) break;
    spans.push(...hint);
  }
  return [span(' '), ...[...spans, ...out].slice(1)];
}

function actionHint(picture: Picture, id: ActionId): Line {
  const key = keyFor(picture.keymap, id, picture.ui.focus) ?? '';
  return [span('  '), ...aimed(keyHint(keyWord(key), keyLabel(id, picture)), { kind: 'key', key })];
}

/** What settles the marked need, where it is chosen or shown; otherwise the way to the needs. */
function wantedByNeeds(picture: Picture): readonly ActionId[] {
  const { ui, needs, markedNeed, keymap } = picture;
  if (markedNeed === null) return [];
  if (ui.focus === 'needs') return markedNeed.answers.map(([id]) => id);
  if (!isShown(markedNeed, picture)) return ['needs.next'];
  const answers = markedNeed.answers
    .map(([id]) => id)
    .filter(id => id !== 'item.open' && worksIn(keymap, id, ui.focus));
  return needs.length > 1 ? [...answers, 'needs.next'] : answers;
}

/** The detail panel shows its task, or the terminal of the agent that asks. */
const isShown = (need: Need, { ui, agent, task }: Picture): boolean =>
  ui.focus === 'detail' &&
  (ui.view === 'terminal'
    ? need.question !== null && need.agent === agent?.id
    : need.task !== null && need.task === task?.id);

const worksIn = (rows: Picture['keymap'], id: ActionId, panel: Panel): boolean =>
  rows.some(row => row.action === id && row.panels.includes(panel));
