import { cleanText } from '../../lib/clean-text.ts';
import { change, type Situation } from '../actions/action.ts';
import type { ActionId } from '../actions/action-ids.ts';
import { actions } from '../actions/actions.ts';
import { whyUnavailable } from '../actions/why-unavailable.ts';
import type { Panel } from '../layout/arrange.ts';
import type { Intent } from '../model/model.ts';
import { actionFor, keyFor, keyWord } from './keymap.ts';
import { overlayKey } from './overlay-keys.ts';

/** What a key means in a situation: the overlay first, then the focused panel. Pure. */
export function routeKey(situation: Situation, key: string): readonly Intent[] {
  const { overlay, focus } = situation.ui;
  if (overlay) return overlayKey(overlay, key, situation);
  const id = actionFor(situation.keymap, focus, key);
  const reason = id === null ? nothingHere(situation, key) : whyUnavailable(id, situation);
  if (id !== null && reason === null) return actions[id].run(situation);
  // The reason alone: a narrow footer has no room for what help says anyway.
  const text = `${cleanText(keyWord(key))}: ${reason}`;
  return [change({ type: 'notice', text, tone: 'warn' })];
}

const places: Readonly<Record<Panel, readonly [string, ActionId]>> = {
  team: ['in the team', 'panel.team'],
  board: ['on the board', 'panel.board'],
  detail: ['in the detail panel', 'panel.detail'],
  needs: ['in what needs you', 'panel.needs'],
};

/** A key that does nothing must say so: it may mean something one panel further. */
function nothingHere(situation: Situation, key: string): string {
  const { keymap, ui } = situation;
  const row = keymap.find(one => one.keys.includes(key));
  const panel = row?.panels[0];
  if (row === undefined || panel === undefined)
    return `no key of this page; ${keyFor(keymap, 'page.help')} shows them`;
  // Nobody is sent there only to read what is missing there, too.
  const there = { ...situation, ui: { ...ui, focus: panel } };
  const missing = panel === 'detail' ? whyUnavailable(row.action, there) : null;
  if (missing !== null) return missing;
  const [where, action] = places[panel];
  return `only ${where}: press ${keyFor(keymap, action)}`;
}
