import { type ActionId, actionIds } from '../actions/action-ids.ts';
import { type KeyRow, keymap } from './keymap.ts';

export type Remapped = {
  readonly rows: readonly KeyRow[];
  /** Sentences for the person about wishes that were not followed; the others were. */
  readonly problems: readonly string[];
};

const keyPattern =
  /^(?:[!-~]|ctrl\+[a-z]|enter|esc|tab|shift\+tab|up|down|left|right|home|end|pageup|pagedown)$/;

/**
 * The keymap with the person's own keys, by the names of actions: `{ "agent.pause": "F" }`. A key of
 * one's own takes the place of the shown key and leaves the others. A wish that would give one key two
 * meanings in one panel is refused, with both names.
 */
export function remap(wishes: Readonly<Record<string, string>>): Remapped {
  const problems: string[] = [];
  let rows: readonly KeyRow[] = keymap;
  for (const [name, key] of Object.entries(wishes)) {
    const action = actionIds.find(id => id === name);
    if (!action) problems.push(`keys: there is no action “${name}”.`);
    else if (!keyPattern.test(key)) problems.push(`keys: “${key}” for ${name} is no key.`);
    else {
      const wished = withKey(rows, action, key);
      const clash = clashOf(wished, action, key);
      if (clash === null) rows = wished;
      else problems.push(`keys: ${key} cannot mean ${name}: it means ${clash} in the same panel.`);
    }
  }
  return { rows, problems };
}

const withKey = (rows: readonly KeyRow[], action: ActionId, key: string): KeyRow[] =>
  rows.map(row => (row.action === action ? { ...row, keys: [key, ...row.keys.slice(1)] } : row));

/** The other action that has the key in one of this one's panels; null when there is none. */
function clashOf(rows: readonly KeyRow[], action: ActionId, key: string): ActionId | null {
  const here = new Set(rows.filter(row => row.action === action).flatMap(row => row.panels));
  const other = rows.find(
    row => row.action !== action && row.keys.includes(key) && row.panels.some(one => here.has(one)),
  );
  return other?.action ?? null;
}
