import { afterEach, expect, test } from 'vitest';
import { type Arrangement, arrange } from '../../src/ui/layout/arrange.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

test.each([80, 60])('at %i columns the chosen need still says what it is about', async columns => {
  const ui = await driveUi({ store: morningStore(), columns, rows: 24 });
  await ui.press('4', 'j');
  const row = await ui.row('▸! ');
  expect(row).toMatch(/▸! T-6 escalated +the same f/);
  // Keys without room in the row are told in the footer, and the row says that there are more.
  expect(row).toContain('s guide');
  expect(row).toMatch(/… {2,}9m/);
  const footer = (await ui.frame()).trimEnd().split('\n').at(-1) ?? '';
  expect(footer).toContain('s guide  r reassign  R retry');
  if (columns === 80) expect(footer).toContain('D split  x drop');
});

test('the keys of a permission stay in its row, however narrow it is', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 48, rows: 20 });
  await ui.press('4');
  expect(await ui.row('▸! ')).toMatch(/▸! eng-2.*y yes {2}N no {2}…/);
});

test('in the lowest terminal the list that has the focus shows what is selected', () => {
  const wishes = { needsCount: 9, hasSince: true, agentCount: 5, boardRows: 300, isZoomed: false };
  const at = (focus: 'team' | 'board' | 'needs'): Arrangement =>
    arrange(40, 12, { ...wishes, focus });
  expect(at('board')).toMatchObject({ team: null, board: { height: 7 } });
  expect(at('team')).toMatchObject({ board: null, team: { height: 7 } });
  const high = arrange(40, 20, { ...wishes, focus: 'board' });
  expect(high).toMatchObject({ team: { height: 7 }, board: { height: 8 } });
});

test('an answer that is cut in any case costs neither help nor the sign of a hidden filter', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 60, rows: 20 });
  await ui.press('2', '/', 'a-word-that-no-task-has', 'enter', '3', 'P');
  const footer = await ui.row('board filter');
  expect(footer).toMatch(/^ board filter: a… the team is paused: .*… +\? help/);
});

test('the chosen row of the help is read in full, and so is why it is not here', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 60, rows: 20 });
  await ui.press('?');
  expect(await ui.row(' i   ')).toContain('…');
  await ui.press('down', 'down');
  const rows = (await ui.frame()).split('\n');
  const at = rows.findIndex(row => row.includes('▸ i '));
  expect(rows[at]).toMatch(/▸ i +type to the agent: every key goes to its/);
  expect(rows[at + 1]).toMatch(/┃ {15}terminal until the leave key/);
  // However many rows it takes, the last of them is in sight.
  await ui.press('m');
  const frame = await ui.frame();
  expect(frame).toMatch(/▸ m +land the task/);
  expect(frame).toContain('does not wait for');
});

test('a key that would find nothing to do in its panel either says what is missing, not where to go', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 80, rows: 24 });
  await ui.press('1', 'c');
  expect(await ui.row(' c: ')).toContain('c: only in the diff: d shows it');
  await ui.press('B');
  expect(await ui.row(' B: ')).toContain('B: no plan waits for you');
  await ui.press('L');
  expect(await ui.row(' L: ')).toContain('L: only on the board: press 2');
});
