import { afterEach, describe, expect, test } from 'vitest';
import { memoryReplays } from '../support/memory-replays.ts';
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
type Scene = {
  readonly keys: readonly string[];
  readonly isEmpty?: boolean;
  readonly hasMessages?: boolean;
  readonly hasPlan?: boolean;
};
const scenes: Readonly<Record<string, Scene>> = {
  morning: { keys: [] },
  board: { keys: ['2'] },
  help: { keys: ['?'] },
  palette: { keys: [':'] },
  stop: { keys: ['x'] },
  typing: { keys: ['i'] },
  task: { keys: ['2', 'h', 'j', 'enter'] },
  diff: { keys: ['2', 'h', 'j', 'd'] },
  gate: { keys: ['2', 'h', 'j', 't'] },
  timeline: { keys: ['v'] },
  replay: { keys: ['b'] },
  messages: { keys: ['M'], hasMessages: true },
  plan: { keys: ['V', 'j', 'X'], hasPlan: true },
  numbers: { keys: ['#', 'z'] },
  empty: { keys: [], isEmpty: true },
};

describe.each(sizes)('%i×%i', (columns, rows) => {
  test.each(Object.keys(scenes))('%s', async name => {
    const scene = scenes[name] as Scene;
    const { keys, isEmpty = false, hasMessages = false, hasPlan = false } = scene;
    const store = isEmpty ? new MemoryTeamStore(stateOf([], [])) : morningStore();
    if (hasMessages) store.publish({ ...store.getState(), messages: morningMessages });
    if (hasPlan) store.publish(withDraft(store.getState()));
    const ui = await driveUi({ columns, rows, store, replays: memoryReplays().replays });
    await ui.press(...keys);
    const frame = `${(await ui.frame()).replace(/ +$/gm, '')}\n`;
    await expect(frame).toMatchFileSnapshot(`frames/${name}-${columns}x${rows}.txt`);
  });
});
