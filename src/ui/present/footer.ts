import { cleanText } from '../../lib/clean-text.ts';
import { type ActionId, actions } from '../actions/actions.ts';
import { keyFor, keyWord } from '../keymap/keymap.ts';
import { type Panel, pageColumnsMin } from '../layout/arrange.ts';
import { aimed, fitLine, type Line, lineWidth, type Span, span, spread } from './line.ts';
import { fieldSpans } from './overlay.ts';
import type { Picture } from './picture.ts';

/** Words short enough for the footer. An action without one is found in the help. */
const labels: Partial<Readonly<Record<ActionId, string>>> = {
  'item.open': 'open',
  'terminal.type': 'type',
  'agent.pause': 'pause',
  'task.pause': 'pause',
  'agent.stop': 'stop',
  'task.drop': 'drop',
  'task.reassign': 'reassign',
  'task.retry': 'retry',
  'task.approve': 'land',
  'task.add': 'new task',
  'task.forward': 'move on',
  'goal.give': 'goal',
  'message.say': 'say',
  'message.write': 'write to',
  'view.threads': 'messages',
  'question.yes': 'yes',
  'question.no': 'no',
  'needs.next': 'next need',
  'needs.drop': 'drop',
  'view.diff': 'diff',
  'view.gate': 'gate',
  'view.zoom': 'zoom',
  'view.panes': 'panes',
  'view.next': 'next view',
  'scroll.up': 'back',
  'page.back': 'back',
  'page.filter': 'filter',
  'page.undo': 'undo',
  'task.escalate': 'escalate',
  'view.events': 'timeline',
  'hunk.next': 'next change',
  'file.next': 'next file',
  'line.comment': 'comment',
  'plan.accept': 'accept',
  'plan.toggle': 'in or out',
  'plan.sendBack': 'send back',
};

/** What people do most in each panel, most wanted first. */
const wanted: Readonly<Record<Panel, readonly ActionId[]>> = {
  team: [
    'question.yes',
    'question.no',
    'item.open',
    'terminal.type',
    'agent.pause',
    'message.say',
    'view.diff',
    'agent.stop',
    'task.add',
    'goal.give',
  ],
  board: [
    'task.approve',
    'item.open',
    'task.add',
    'view.diff',
    'task.forward',
    'task.reassign',
    'task.pause',
    'task.drop',
    'goal.give',
  ],
  detail: [
    'task.approve',
    'line.comment',
    'hunk.next',
    'file.next',
    'item.open',
    'terminal.type',
    'view.zoom',
    'view.panes',
    'view.next',
    'scroll.up',
    'view.diff',
    'page.back',
  ],
  needs: [
    'question.yes',
    'question.no',
    'task.approve',
    'item.open',
    'message.say',
    'task.reassign',
    'task.retry',
    'needs.drop',
  ],
};

/** In the messages nothing else is wanted. */
const wantedInThreads: readonly ActionId[] = [
  'item.open',
  'message.write',
  'hunk.next',
  'page.filter',
  'view.zoom',
  'view.next',
  'page.back',
];

const wantedInPlan: readonly ActionId[] = [
  ...(['plan.accept', 'plan.toggle', 'plan.sendBack', 'item.open'] as const),
  ...(['view.zoom', 'view.next', 'page.back'] as const),
];

/** Words that differ in the messages. */
const labelsInThreads: Partial<Readonly<Record<ActionId, string>>> = {
  'item.open': 'write',
  'hunk.next': 'next thread',
};

const keysMax = 7;

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
  if (ui.notice) return spread([span(' '), span(ui.notice.text, ui.notice.tone)], last, width);
  if (ui.typingTo) {
    return fitLine(
      [
        span(' '),
        ...keyHint(leaveKey, `leave ${ui.typingTo}`),
        span('  every other key goes to it', 'quiet'),
      ],
      width,
    );
  }
  const hidden = hiddenFilter(picture, width);
  const hints = keyHints(picture, width - lineWidth(last) - lineWidth(hidden));
  return spread([...hidden, ...hints], last, width);
}

/** The board's filter where the board itself is out of sight: nothing is filtered unseen. */
function hiddenFilter({ ui }: Picture, width: number): Line {
  const isBoardHidden = ui.isZoomed || (width < pageColumnsMin && ui.focus === 'detail');
  if (ui.filter.board === '' || !isBoardHidden) return [];
  return [span(` board filter: ${cleanText(ui.filter.board)} `, 'warn')];
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
  ...keyHint('←→', '5 s'),
  span('  '),
  ...keyHint('[ ]', 'marks'),
  span('  '),
  ...keyHint('Space', 'play'),
  span('  '),
  ...keyHint('z', 'zoom'),
  span('  '),
  ...keyHint('Esc', 'leave'),
];

function keyHints(picture: Picture, width: number): Line {
  const { ui, needs } = picture;
  const first: readonly ActionId[] = needs.length > 0 && ui.focus !== 'needs' ? ['needs.next'] : [];
  const isThreads = ui.focus === 'detail' && ui.view === 'threads';
  // In texts without a selected fact Enter zooms, as z does.
  const isPlan = ui.focus === 'detail' && ui.view === 'plan';
  const isZoom = ui.focus === 'detail' && ui.view !== 'events' && !isThreads && !isPlan;
  const here = isThreads ? wantedInThreads : isPlan ? wantedInPlan : wanted[ui.focus];
  const able = [...first, ...here].filter(
    id => actions[id].unavailable(picture) === null && !(isZoom && id === 'item.open'),
  );
  const words = isThreads ? { ...labels, ...labelsInThreads } : labels;
  const spans: Span[] = [];
  for (const id of able.slice(0, keysMax)) {
    const key = keyFor(picture.keymap, id, ui.focus) ?? '';
    const hint = [
      span(spans.length === 0 ? ' ' : '  '),
      ...aimed(keyHint(keyWord(key), words[id] ?? id), { kind: 'key', key }),
    ];
    if (lineWidth(spans) + lineWidth(hint) > width) break;
    spans.push(...hint);
  }
  return spans;
}
