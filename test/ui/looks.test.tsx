import { afterEach, expect, test } from 'vitest';
import type { Choice } from '../../src/ui/model/model.ts';
import { settingsFrom } from '../../src/ui/settings.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

/** An SGR sequence with a colour, not an address. */
const hasColor = /\u001b\[(?:\d+;)*3[0-8](?:;[\d;]*)?m/;
const kept: Choice[] = [];
const keep = async (choice: Choice): Promise<string | null> => {
  kept.push(choice);
  return null;
};

test('T draws the whole page in the next theme, and keeps it', async () => {
  kept.length = 0;
  const ui = await driveUi({ store: morningStore(), keep });
  const written = async (key: string) => {
    const before = ui.bytes().length;
    await ui.press(key);
    return ui.bytes().slice(before);
  };
  expect(await written('T')).not.toMatch(hasColor);
  expect(await ui.frame()).toContain('theme: mono');
  const dusk = await written('T');
  expect(dusk).toContain('38;2;125;207;255');
  expect(dusk).toContain('harbour');
  await ui.press('T', 'T');
  expect(kept).toEqual(['mono', 'dusk', 'paper', 'color'].map(theme => ({ theme })));
});

test('a theme of one’s own is among them for those who have one, and NO_COLOR leaves no choice', async () => {
  kept.length = 0;
  const settings = settingsFrom({}, { theme: 'paper', colors: { accent: 0x010203 } });
  const ui = await driveUi({ store: morningStore(), settings, keep });
  await ui.press('T');
  expect(kept).toEqual([{ theme: 'own' }]);
  expect(ui.bytes()).toContain('38;2;1;2;3');
  const plain = await driveUi({ store: morningStore(), settings: settingsFrom({ NO_COLOR: '1' }) });
  await plain.press('T');
  expect(await plain.frame()).toContain('NO_COLOR is set');
  expect(plain.bytes()).not.toMatch(hasColor);
});

test('terminals are shown as many at once as the last time, and a new number is kept', async () => {
  kept.length = 0;
  const ui = await driveUi({ store: morningStore(), settings: { panes: 2 }, keep });
  await ui.press('o');
  expect(kept).toEqual([{ panes: 4 }]);
});

test('what cannot be kept is said', async () => {
  const ui = await driveUi({
    store: morningStore(),
    keep: () => Promise.resolve('not kept for the next start: the disk is full'),
  });
  await ui.press('T');
  await ui.until(frame => frame.includes('the disk is full'), 'why');
});
