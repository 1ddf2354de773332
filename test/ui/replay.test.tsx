import { afterEach, expect, test } from 'vitest';
import { memoryReplays } from '../support/memory-replays.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

async function openReplay(columns = 120, rows = 36) {
  const memory = memoryReplays();
  const ui = await driveUi({ store: morningStore(), columns, rows, replays: memory.replays });
  await ui.press('1', 'down', 'b');
  await ui.until(frame => frame.includes('REPLAY'), 'the replay');
  return { ui, ...memory };
}

test('opens at the newest moment, and goes back and forth by seconds', async () => {
  const { ui } = await openReplay();
  expect(await ui.frame()).toContain('second 120 of the past');
  await ui.press('left', 'left', 'h', 'right');
  expect(await ui.frame()).toContain('second 110 of the past');
  await ui.press('pageup');
  const frame = await ui.frame();
  expect(frame).toContain('second 50 of the past');
  expect(frame).toMatch(/REPLAY .* at \d\d:30:50 · T-1\/1 gate red/);
  await ui.press('home', 'left');
  expect(await ui.frame()).toContain('second 0 of the past');
  await ui.press('end', 'right');
  expect(await ui.frame()).toContain('second 120 of the past');
});

test('goes from mark to mark, those of one turn counting as one', async () => {
  const { ui, sought } = await openReplay();
  await ui.press('[', '[', '[');
  expect(sought.slice(-3)).toEqual([90, 50.1, 0]);
  await ui.press(']', ']', ']', ']');
  expect(sought.slice(-4)).toEqual([50, 90, 120, 120]);
});

test('where nothing is recorded by choice, b says by which', async () => {
  const replays = { isRecording: false, replayOf: async () => null };
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 36, replays });
  await ui.press('b');
  await ui.until(frame => frame.includes('your settings say “record: false”'), 'the sentence');
});

test('plays, says so, stops by the same key, and ends at the end', async () => {
  const { ui } = await openReplay();
  await ui.press('left', ' ');
  expect(await ui.frame()).toContain('▸ playing');
  await ui.press(' ');
  expect(await ui.frame()).toContain('paused');
  await ui.press('end', ' ');
  await ui.until(frame => /▸ playing/.test(frame) && /second [0-9] of/.test(frame), 'it anew');
});

test('its keys can be clicked', async () => {
  const { ui, sought } = await openReplay();
  const click = async (text: string): Promise<void> => {
    const rows = (await ui.frame()).split('\n');
    const x = (rows.at(-1) ?? '').indexOf(text);
    expect(x, `${text} in the last row`).toBeGreaterThanOrEqual(0);
    await ui.press(`\u001b[<0;${x + 1};${rows.length}M\u001b[<0;${x + 1};${rows.length}m`);
  };
  await click('←');
  await click('←');
  await click('→');
  expect(await ui.frame()).toContain('second 115 of the past');
  await click('[');
  expect(sought.at(-1)).toBe(90);
  await click(']');
  expect(sought.at(-1)).toBe(120);
  await click('←');
  await click('Space');
  expect(await ui.frame()).toContain('▸ playing');
  await click('z');
  expect(await ui.frame()).not.toContain('1 Team');
  await click('Esc');
  expect(await ui.frame()).not.toContain('REPLAY');
});

test('Esc gives the live terminal back; no key reached an agent meanwhile', async () => {
  const { ui, closed } = await openReplay();
  await ui.press('i', 'x', 'y', 'z', 'esc');
  const frame = await ui.frame();
  expect(frame).not.toContain('REPLAY');
  expect(frame).not.toContain('of the past');
  expect(closed).toHaveLength(1);
  expect(ui.store.commands).toEqual([]);
});

test('an agent of whom nothing is recorded gets a sentence', async () => {
  const { replays } = memoryReplays();
  const ui = await driveUi({ store: morningStore(), replays });
  await ui.press('1', 'home', 'b');
  await ui.until(frame => /nothing of architect is recorded yet/.test(frame), 'the sentence');
});

test.each([
  [80, 24],
  [60, 20],
  [250, 70],
])('fits into %i×%i', async (columns, rows) => {
  const { ui } = await openReplay(columns, rows);
  await ui.press('[');
  const frame = await ui.frame();
  expect(frame).toContain('second 90 of the past');
  expect(frame).toMatch(/1:30 [━┃●─]+ 2:00/);
  expect(frame).toMatch(/Esc leave/);
});
