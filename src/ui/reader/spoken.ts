import type { EventType } from '../../core/event.ts';
import { whyReadOnly } from '../actions/why-unavailable.ts';
import { keyFor, keyWord } from '../keymap/keymap.ts';
import { hasCursor } from '../model/view.ts';
import { clockTime } from '../present/age.ts';
import { standingOf } from '../present/agents.ts';
import { eventWords } from '../present/event-words.ts';
import type { Need } from '../present/facts/need.ts';
import { type Line, lineText } from '../present/line.ts';
import { detailText } from '../present/panels/detail-panel.ts';
import { headerRows } from '../present/panels/header-row.ts';
import type { Picture } from '../present/picture.ts';
import { spokenOverlay } from './spoken-overlay.ts';

/** Columns of texts that are read out; a screen reader does not care, a braille display does. */
const textColumns = 80;
/** Wide enough that the header says everything that it knows. */
const headerColumns = 240;
/** Rows of a text that are read out at once; Page Down goes on. */
export const rowsAtOnce = 30;

/** What changed between two pictures, as sentences for somebody who hears the page. Empty when nothing did. */
export function spoken(before: Picture, after: Picture): readonly string[] {
  return [
    ...spokenNotice(before, after),
    ...spokenOverlay(before, after),
    ...spokenEvents(before, after),
    ...spokenNeeds(before, after),
    ...spokenPlace(before, after),
  ];
}

/** Where everything stands, for the start and whenever it is asked for. */
export function spokenStatus(picture: Picture): readonly string[] {
  const { needs } = picture;
  const [header = []] = headerRows(picture, { x: 0, y: 0, width: headerColumns, height: 1 });
  return [
    `Belfry: ${parts(header).join(', ')}.`,
    ...(needs.length === 0 ? ['Nothing needs you.'] : needs.map(need => spokenNeed(need, picture))),
    hints(picture),
  ];
}

function hints({ keymap }: Picture): string {
  const key = (action: Parameters<typeof keyFor>[1]): string =>
    keyWord(keyFor(keymap, action) ?? '');
  return (
    `Keys: ${key('needs.next')} what needs you, ${key('panel.team')} team, ${key('panel.board')} board, ` +
    `${key('item.open')} reads what is selected, ${key('page.palette')} every action, ` +
    `${key('page.help')} every key, ${key('page.redraw')} this again, ${key('page.quit')} quits.`
  );
}

function spokenNotice(before: Picture, after: Picture): readonly string[] {
  const { notice } = after.ui;
  const notices = after.notices.slice(before.notices.length);
  return notice !== null && notice !== before.ui.notice ? [notice.text, ...notices] : notices;
}

/** Steps of what is told as a whole a moment later: read aloud they would be in the way. */
const steps: ReadonlySet<EventType> = new Set<EventType>([
  ...(['message.sent', 'landing.started', 'candidate.built', 'landing.cleared'] as const),
  ...(['trunk.moved', 'checkout.followed'] as const),
]);

function spokenEvents(before: Picture, { events }: Picture): readonly string[] {
  if (events === before.events) return [];
  const last = before.events.at(-1);
  const news = last === undefined ? events : events.slice(events.lastIndexOf(last) + 1);
  return news.flatMap(event => {
    const { text, tone } = eventWords(event);
    const isStep = tone === 'quiet' && steps.has(event.type);
    return isStep ? [] : [`${clockTime(event.at)} ${text}`];
  });
}

function spokenNeeds(before: Picture, after: Picture): readonly string[] {
  const known = new Set(before.needs.map(need => need.key));
  const news = after.needs.filter(need => !known.has(need.key));
  if (before.needs.length > 0 && after.needs.length === 0) return ['Nothing needs you any more.'];
  return news.map(need => spokenNeed(need, after));
}

/** With every key that answers it, and the one that leads there where an answer works only at its place. */
function spokenNeed(need: Need, picture: Picture): string {
  const { keymap, markedNeed } = picture;
  const answers = need.answers
    .filter(([action]) => whyReadOnly(action, picture) === null)
    .map(([action, word]) => `${keyWord(keyFor(keymap, action, 'needs') ?? '')} ${word}`);
  const goThere = `${keyWord(keyFor(keymap, 'needs.next') ?? '')} goes there`;
  const isAtHand = need.key === markedNeed?.key && need.anywhere >= need.answers.length;
  const keys = [...(isAtHand ? [] : [goThere]), ...answers].join(', ');
  const text = /[.?!]$/.test(need.text) ? need.text : `${need.text}.`;
  return `Needs you: ${need.subject}: ${text} Keys: ${keys}.`;
}

function spokenPlace(before: Picture, after: Picture): readonly string[] {
  // What the team does by itself moves no selection worth a word.
  if (before.ui === after.ui || placeKey(before) === placeKey(after)) return [];
  const { ui, agent, task, need, state } = after;
  if (ui.typingTo !== null)
    return ui.typingTo === before.ui.typingTo
      ? []
      : [`Every key goes to ${ui.typingTo} until the leave key.`];
  if (ui.focus === 'needs') return need === null ? [] : [spokenNeed(need, after)];
  if (ui.focus === 'team' && agent !== null) {
    const held = agent.task === null ? null : (state.tasks[agent.task] ?? null);
    const work = held === null ? 'no task' : `${held.id} ${held.title}`;
    return [`Team: ${agent.id}, ${standingOf(agent, state.teamPaused, held).word}, ${work}.`];
  }
  if (ui.focus === 'board') {
    if (task === null) return ['Board: no task is selected.'];
    const holder = task.assignee === null ? '' : `, ${task.assignee}`;
    return [`Board: ${task.id} ${task.title}, ${task.column}${holder}.`];
  }
  return spokenDetail(before, after);
}

const placeKey = ({ ui, agent, task, need }: Picture): string =>
  JSON.stringify([
    ...[ui.focus, ui.view, ui.typingTo, ui.diff],
    ...(ui.focus === 'detail' ? [ui.scroll, ui.only, ui.agent, ui.task] : []),
    ...[agent?.id, task?.id, need?.key],
  ]);

/** A selected row alone where rows are selected; otherwise as much of the text as is read at once. */
function spokenDetail(before: Picture, after: Picture): readonly string[] {
  const { ui } = after;
  const text = detailText(after, textColumns)?.map(plain) ?? null;
  if (text === null) return [];
  if (hasCursor(ui.view) && ui.view === before.ui.view && ui.focus === before.ui.focus)
    return [text[Math.min(ui.scroll, text.length - 1)] ?? ''];
  const first = hasCursor(ui.view) ? 0 : Math.min(ui.scroll, Math.max(0, text.length - 1));
  const rows = text.slice(first, first + rowsAtOnce);
  const rest = text.length - first - rows.length;
  const more = rest > 0 ? [`${rest} more rows.`] : [];
  return [`${ui.view}:`, ...rows.filter(row => row !== ''), ...more];
}

/** What the page parts by wide gaps. */
const parts = (line: Line): string[] =>
  lineText(line)
    .split(/ {2,}/)
    .map(words)
    .filter(part => part !== '');

export const plain = (line: Line): string => words(lineText(line));

/** Signs are for eyes: what is left are words, numbers and punctuation. */
const words = (text: string): string =>
  text
    .replaceAll('≥', 'at least ')
    .replaceAll('−', '-')
    .replaceAll('→', ' to ')
    .replace(/(?:^|\s)[!~](?=\s)/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{Z}$+<>=`^|~]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
