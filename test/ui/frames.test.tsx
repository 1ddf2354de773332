import { afterEach, describe, expect, test } from 'vitest';
import { MemoryTeamStore, stateOf } from '../support/memory-team-store.ts';
import { morningMessages, morningStore, withDraft } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const sizes = [
  [80, 24],
  [100, 30],
  [160, 50],
  [250, 70],
] as const;

/** Whole frames, to be read by people: what a person sees at each place and size. */
const scenes: Readonly<
  Record<
    string,
    { keys: readonly string[]; isEmpty?: boolean; hasMessages?: boolean; hasPlan?: boolean }
  >
> = {
  morning: { keys: [] },
  board: { keys: ['2'] },
  help: { keys: ['?'] },
  stop: { keys: ['x'] },
  typing: { keys: ['i'] },
  messages: { keys: ['M'], hasMessages: true },
  plan: { keys: ['V', 'j', 'X'], hasPlan: true },
  empty: { keys: [], isEmpty: true },
};

describe.each(sizes)('%i×%i', (columns, rows) => {
  test.each(Object.keys(scenes))('%s', async name => {
    const scene = scenes[name] as (typeof scenes)[string];
    const { keys, isEmpty = false, hasMessages = false, hasPlan = false } = scene;
    const store = isEmpty ? new MemoryTeamStore(stateOf([], [])) : morningStore();
    if (hasMessages) store.publish({ ...store.getState(), messages: morningMessages });
    if (hasPlan) store.publish(withDraft(store.getState()));
    const ui = await driveUi({ columns, rows, store });
    await ui.press(...keys);
    const frame = `${(await ui.frame()).replace(/ +$/gm, '')}\n`;
    await expect(frame).toMatchFileSnapshot(`frames/${name}-${columns}x${rows}.txt`);
  });
});
