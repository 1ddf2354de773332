import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import type { AgentId } from '../../src/core/ids.ts';
import { splitMouse } from '../../src/ui/mouse/mouse-input.ts';
import { type FakeTerminal, noon } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

/** Clicks on the first place, left to right and top to bottom, where the text stands. */
async function click(ui: UiDriver, text: string, after = ''): Promise<void> {
  const rows = (await ui.frame()).split('\n');
  const y = rows.findIndex(row => row.includes(text) && row.includes(after));
  const x = (rows[y] ?? '').indexOf(text, (rows[y] ?? '').indexOf(after));
  if (y < 0) throw new Error(`there is no ${text} on the page`);
  await ui.press(`\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`);
}

const wheel = (x: number, y: number, by: 1 | -1): string =>
  `\u001b[<${by === 1 ? 65 : 64};${x + 1};${y + 1}M`;

test('every key that is shown can be clicked', async () => {
  const ui = await driveUi({ store: morningStore() });
  await click(ui, 'yes');
  expect(ui.store.commands).toMatchObject([{ type: 'agent.answer', answer: 'yes' }]);
  await click(ui, '3 need you');
  expect(await ui.frame()).toMatch(/▸! eng-2 asks permission/);
  expect(await ui.row('eng-2 asks permission')).toContain('Enter look');
  await click(ui, 'help');
  expect(await ui.frame()).toContain('Keys here');
  await click(ui, 'pause the whole team');
  expect(ui.store.commands.at(-1)).toEqual({ type: 'team.pause' });
});

test('the keys of forms, lists and filters can be clicked too', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('s', 'Well done.');
  await click(ui, 'Ctrl+s send');
  expect(ui.store.commands).toMatchObject([{ type: 'message.send', text: 'Well done.' }]);
  await ui.press('n', 'x');
  await click(ui, 'Tab next field');
  expect(await ui.row('Details')).toContain('▸Details');
  await click(ui, 'Esc keep as draft');
  expect(await ui.frame()).not.toContain('New task');
  await ui.press(':', 'panel before');
  await click(ui, 'Esc');
  expect(await ui.frame()).not.toContain('Actions');
  await ui.press('/', '@eng-2');
  await click(ui, 'Enter keep');
  expect(await ui.row('filter: @eng-2')).toContain('1 of 10');
  await click(ui, 'v Lately');
  expect(await ui.frame()).toContain('3 Timeline');
});

test('a click on what happened leads to the timeline, one on the run of the gate to its output', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 160, rows: 50 });
  const landed = { type: 'landing.finished', task: 'T-2', attempt: 1, commit: 'abc' } as const;
  ui.store.publish(ui.store.getState(), [{ ...landed, at: noon + 1 } as unknown as Event]);
  for (const text of ['since you looked', 'T-3 waits for your review']) {
    await ui.until(frame => frame.includes(text), text);
    await click(ui, text);
    expect(await ui.frame(), text).toContain('3 Timeline');
    await ui.press('esc');
    await ui.until(frame => !frame.includes('3 Timeline'), 'the terminal');
  }
  await click(ui, 'gate T-7/1');
  expect(await ui.frame()).toContain('3 Gate');
});

test('a click selects, a second one opens', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 160, rows: 50 });
  await click(ui, 'asks you', 'eng-2');
  expect(await ui.frame()).toContain('Terminal of eng-2');
  await click(ui, 'T-9');
  expect(await ui.frame()).not.toContain('Task T-9');
  await click(ui, 'T-9');
  expect(await ui.frame()).toContain('Task T-9');
  await click(ui, 'timeline');
  expect(await ui.frame()).toContain('Timeline of the team');
});

test('a question in front of the page takes clicks on its buttons alone', async () => {
  const ui = await driveUi({ store: morningStore() });
  await ui.press('x');
  for (const behind of ['T-4', '3 need you', 'gate T-7/1']) {
    await click(ui, behind);
    expect(await ui.frame(), behind).toContain('Stop eng-1?');
  }
  await click(ui, 'Yes');
  expect(ui.store.commands).toEqual([{ type: 'agent.stop', agent: 'eng-1' }]);
});

test('the wheel scrolls what is under it', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 100, rows: 30 });
  await ui.press(wheel(60, 20, -1));
  expect(await ui.frame()).toContain('3 rows back');
  await ui.press(wheel(60, 20, 1));
  expect(await ui.frame()).not.toContain('rows back');
});

test('the wheel moves the selection of a list without taking the focus, in its own column', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 160, rows: 50 });
  const chosen = async (panel: 'team' | 'board') => {
    const marks = (await ui.frame()).match(panel === 'team' ? /▸(eng-\d|manager)/ : /▸(T-\d+)/);
    return marks?.[1];
  };
  await ui.press('3');
  await ui.press(wheel(10, 8, 1));
  expect(await chosen('team')).toBe('eng-2');
  // T-6 heads the column of what is done at the moment; T-3, which is selected, is at the gate.
  await ui.press(wheel(92, 7, 1));
  expect(await chosen('board')).toBe('T-4');
  await ui.press(wheel(92, 7, -1));
  expect(await chosen('board')).toBe('T-6');
  expect(await ui.frame()).toContain('┏━ 3 Terminal');
});

test('whoever types to a program that asked for the mouse turns the wheel for it', async () => {
  const store = morningStore();
  const ui = await driveUi({ store, columns: 100, rows: 30 });
  await ui.press('i');
  const terminal = store.terminalOf('eng-1' as AgentId) as FakeTerminal;
  await ui.press(wheel(60, 20, -1));
  expect(terminal.typed).toEqual([]);
  await ui.press('\u0007', 'esc', 'i');
  terminal.hearsWheel = true;
  await ui.press(wheel(60, 20, 1));
  expect(terminal.typed).toEqual(['wheel 1 at 25,6']);
  // Beside the terminal it is the page's.
  await ui.press(wheel(5, 8, 1));
  expect(terminal.typed).toHaveLength(1);
  expect(await ui.frame()).toContain('EVERY KEY GOES TO eng-1');
});

test('reports are taken out of the keys, also torn ones, and none reaches an agent', async () => {
  expect(splitMouse('a\u001b[<0;3;4Mb\u001b[<0;3;4m')).toEqual({
    keys: 'ab',
    events: [{ kind: 'click', x: 2, y: 3 }],
    rest: '',
  });
  expect(splitMouse('a\u001b[<0;3')).toEqual({ keys: 'a', events: [], rest: '\u001b[<0;3' });
  const store = morningStore();
  const ui = await driveUi({ store });
  await ui.press('i', '\u001b[<0;1', ';1M', 'k');
  expect(await ui.frame()).not.toContain('EVERY KEY');
});

test('without the mouse setting the terminal is asked for no reports', async () => {
  const ui = await driveUi({ store: morningStore(), settings: { hasMouse: false } });
  ui.page.unmount();
  expect(ui.bytes()).not.toContain('\u001b[?1000');
});
