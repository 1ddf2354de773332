import { afterEach, expect, test } from 'vitest';
import {
  agentOf,
  busyState,
  MemoryTeamStore,
  stateOf,
  taskOf,
} from '../../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

const focusedPanel = (frame: string): string | undefined => frame.match(/┏━+ (\d) /)?.[1];

test('one Esc leads from a text to the list that it was opened from', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()) });
  await ui.press('2', 'enter');
  expect(focusedPanel(await ui.frame())).toBe('3');
  await ui.press('esc');
  await ui.until(frame => focusedPanel(frame) === '2', 'the board with the focus');
  expect(await ui.frame()).toContain('3 Terminal of');
  await ui.press('1', 'enter', 'esc');
  await ui.until(frame => focusedPanel(frame) === '1', 'the team with the focus');
});

test('one Esc leads from an opened need back to the needs, with the keys that answer it', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()) });
  await ui.press('4', 'j', 'enter');
  expect(focusedPanel(await ui.frame())).toBe('3');
  await ui.press('esc');
  await ui.until(frame => focusedPanel(frame) === undefined, 'the needs with the focus');
  expect(await ui.row('▸!')).toContain('R retry');
});

test('where the need was answered meanwhile, Esc leads to the team', async () => {
  const store = new MemoryTeamStore(busyState());
  const ui = await driveUi({ store });
  await ui.press('4', 'enter');
  store.publish(stateOf([agentOf('eng-1')], [taskOf('T-1', 'Sort the queue')]));
  await ui.until(frame => !frame.includes('need you'), 'no needs');
  await ui.press('esc');
  await ui.until(frame => focusedPanel(frame) === '1', 'the team with the focus');
});

test('one Esc leaves a text also from further down in it', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()), columns: 80, rows: 24 });
  for (const view of ['enter', 'v', 'd']) {
    await ui.press('2', view, 'j', 'j', 'esc');
    await ui.until(frame => focusedPanel(frame) === '2', `the board after ${view}`);
  }
});

test.each([60, 80, 120])('the way out of a text is told %i columns wide', async columns => {
  const ui = await driveUi({ columns, rows: 24, store: new MemoryTeamStore(busyState()) });
  await ui.press('2', 'enter');
  for (let view = 0; view < 8; view += 1) {
    const rows = (await ui.frame()).split('\n');
    expect(rows.at(-1), `view ${view}`).toMatch(/Esc back +\? help/);
    await ui.press(']');
  }
});
