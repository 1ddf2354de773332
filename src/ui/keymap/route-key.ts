import { change, type Situation } from '../actions/action.ts';
import { actions } from '../actions/actions.ts';
import { whyUnavailable } from '../actions/why-unavailable.ts';
import type { Intent } from '../model/model.ts';
import { actionFor, keyWord } from './keymap.ts';
import { overlayKey } from './overlay-keys.ts';

/** What a key means in a situation: the overlay first, then the focused panel. Pure. */
export function routeKey(situation: Situation, key: string): readonly Intent[] {
  const { overlay, focus } = situation.ui;
  if (overlay) return overlayKey(overlay, key, situation);
  const id = actionFor(situation.keymap, focus, key);
  if (!id) return [];
  const reason = whyUnavailable(id, situation);
  if (reason === null) return actions[id].run(situation);
  // The reason alone: a narrow footer has no room for what help says anyway.
  return [change({ type: 'notice', text: `${keyWord(key)}: ${reason}`, tone: 'warn' })];
}
