import { keymap } from '../keymap/keymap.ts';
import type { Situation } from './action.ts';
import type { ActionId } from './action-ids.ts';
import { actions } from './actions.ts';

/** Actions that change something, whatever key the person has given them. */
const deeds: ReadonlySet<ActionId> = new Set(
  keymap.filter(({ group }) => group === 'Act').map(({ action }) => action),
);

/** Enter looks at things, but on a message it opens the answer to it. */
const isDeed = (id: ActionId, { ui }: Situation): boolean =>
  deeds.has(id) || (id === 'item.open' && ui.focus === 'detail' && ui.view === 'threads');

/** Who looks on at somebody else's team does nothing to it: why not, or null where the action is open to them. */
export const whyReadOnly = (id: ActionId, situation: Situation): string | null =>
  isDeed(id, situation) ? (situation.readOnly?.why ?? null) : null;

/** Why an action can do nothing here, for the person; null when it can. */
export const whyUnavailable = (id: ActionId, situation: Situation): string | null =>
  whyReadOnly(id, situation) ?? actions[id].unavailable(situation);
