import type { Situation } from '../actions/action.ts';
import type { ActionId } from '../actions/action-ids.ts';
import { actions } from '../actions/actions.ts';
import { whyUnavailable } from '../actions/why-unavailable.ts';
import { keyFor, keyWord, ofTerminal, otherKeys } from '../keymap/keymap.ts';
import type { Option, Overlay } from '../model/model.ts';
import { footerWord } from './panels/footer-keys.ts';

/** What a list overlay offers here, narrowed to what was typed. */
export function overlayOptions(
  overlay: Extract<Overlay, { kind: 'help' | 'palette' | 'pick' }>,
  situation: Situation,
): readonly Option[] {
  return search(everyOption(overlay, situation), overlay.query.text);
}

function everyOption(
  overlay: Extract<Overlay, { kind: 'help' | 'palette' | 'pick' }>,
  situation: Situation,
): readonly Option[] {
  if (overlay.kind === 'pick') return overlay.options;
  if (overlay.kind === 'help') return helpOptions(situation);
  return paletteOrder(situation)
    .filter(id => id !== 'page.palette')
    .map(id => optionOf(id, keyFor(situation.keymap, id, situation.ui.focus) ?? '', situation))
    .toSorted((one, other) => Number(one.reason !== null) - Number(other.reason !== null));
}

/** Deeds before looks before the page itself, each once. */
function paletteOrder({ keymap }: Situation): readonly ActionId[] {
  const rows = groups.flatMap(group => keymap.filter(row => row.group === group));
  return [...new Set(rows.map(row => row.action))];
}

function optionOf(id: ActionId, key: string, situation: Situation): Option {
  const { title, run } = actions[id];
  const reason = whyUnavailable(id, situation);
  return {
    label: title,
    note: keyWord(key),
    reason,
    group: null,
    name: id,
    intents: reason === null ? run(situation) : [],
  };
}

const groups = ['Act', 'Look', 'Page'] as const;
const groupTitles = { Act: 'Do', Look: 'Look', Page: 'This page' } as const;

/** The keys of the focused panel first come from the same rows that the input obeys. */
function helpOptions(situation: Situation): readonly Option[] {
  const here = situation.keymap.filter(row => row.panels.includes(situation.ui.focus));
  const grouped = groups.flatMap(group => here.filter(row => row.group === group));
  return [
    ...grouped.map(row => ({
      ...optionOf(row.action, row.keys[0] ?? '', situation),
      note: row.keys.map(keyWord).join(' '),
      group: groupTitles[row.group],
    })),
    ...otherKeys.map(({ keys, title, where }) => ({
      label: title,
      note: keyWord(where === ofTerminal ? situation.leaveKey : keys),
      reason: null,
      group: where,
      intents: [],
    })),
  ];
}

/** What other programs call it. */
const otherWords: Partial<Readonly<Record<ActionId, string>>> = {
  'task.approve': 'merge',
  'agent.stop': 'kill',
  'agent.shell': 'bash',
  'page.quit': 'exit leave',
  'page.theme': 'color dark light',
  'page.redraw': 'refresh',
  'view.events': 'log history',
  'view.numbers': 'report statistics metrics cost summary',
  'view.panes': 'split grid layout',
  'view.zoom': 'full screen',
  'task.add': 'create',
  'task.drop': 'delete cancel',
};

const wordsOf = (name: string): string =>
  `${name} ${footerWord(name as ActionId) ?? ''} ${otherWords[name as ActionId] ?? ''}`;

/** Every word typed must occur; what begins with the text comes first. */
function search(options: readonly Option[], text: string): readonly Option[] {
  const wanted = text.trim();
  if (wanted === '') return options;
  const words = wanted.toLowerCase().split(/\s+/);
  const hits = options.filter(one => {
    const hay = `${one.label} ${one.note} ${wordsOf(one.name ?? '')}`.toLowerCase();
    return words.every(word => hay.includes(word)) || one.note.split(' ').includes(wanted);
  });
  const rank = (one: Option): number => {
    if (one.note.split(' ').includes(wanted)) return 0;
    const isStart = one.label.toLowerCase().startsWith(wanted.toLowerCase());
    // What can be done comes first.
    return (isStart ? 1 : 2) + (one.reason === null ? 0 : 2);
  };
  return hits.toSorted((one, other) => rank(one) - rank(other));
}
