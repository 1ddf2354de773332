import { afterEach, expect, test } from 'vitest';
import type { AgentId } from '../../src/core/ids.ts';
import {
  busyState,
  FakeTerminal,
  MemoryTeamStore,
  minutes,
  noon,
} from '../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

function storeWith(...ids: string[]): { store: MemoryTeamStore; terminals: FakeTerminal[] } {
  const store = new MemoryTeamStore();
  const terminals = ids.map(id => new FakeTerminal(id, [`I am ${id}`]));
  for (const terminal of terminals) store.terminals.set(terminal.id as AgentId, terminal);
  return { store, terminals };
}

test('output of the shown agent is painted without drawing the page; output of others costs nothing', async () => {
  const { store, terminals } = storeWith('eng-1', 'eng-2');
  const [shown, hidden] = terminals as [FakeTerminal, FakeTerminal];
  const ui = await driveUi({ store });
  const { frames } = ui.page.tally;
  for (let count = 0; count < 50; count += 1) hidden.print(1, `hidden ${count}`);
  const writes = ui.output.writes.length;
  shown.print(2, 'fresh line');
  await ui.until(frame => frame.includes('fresh line'), 'the line');
  expect(ui.page.tally.frames).toBe(frames);
  const painted = ui.output.writes.slice(writes).join('');
  expect(painted).toContain('fresh line');
  expect(painted).not.toContain('I am eng-1');
  expect(painted.startsWith('\u001b[?2026h')).toBe(true);
  expect(painted.endsWith('\u001b[?2026l')).toBe(true);
  expect(await ui.frame()).not.toContain('hidden');
});

test('a flood is painted at a bounded rate and ends with the newest picture', async () => {
  const { store, terminals } = storeWith('eng-1');
  const ui = await driveUi({ store });
  const { paints } = ui.page.tally;
  for (let count = 0; count < 1_000; count += 1) terminals[0]?.print(1, `flood ${count}`);
  await ui.until(frame => frame.includes('flood 999'), 'the last line');
  expect(ui.page.tally.paints - paints).toBeLessThan(5);
});

test('a quiet team costs no frame; the minute costs one', async () => {
  const { store } = storeWith('eng-1');
  const ui = await driveUi({ store });
  const { frames } = ui.page.tally;
  store.publish({ ...busyState() });
  store.publish({ ...store.getState(), messageCount: 7 });
  await ui.frame();
  expect(ui.page.tally.frames).toBe(frames);
  store.time = noon + minutes(1);
  store.publish({ ...store.getState() });
  await ui.until(frame => frame.includes('09:31'), 'the next minute');
  expect(ui.page.tally.frames).toBe(frames + 1);
});

test('i gives every key to the agent, and only the leave key comes back', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  const ui = await driveUi({ store });
  await ui.press('i');
  const frame = await ui.frame();
  expect(frame).toContain('EVERY KEY GOES TO eng-1');
  expect(frame).toContain('Ctrl+g takes the keyboard back');
  expect(frame).toContain('╔');
  await ui.press('q', 'ctrl+c', 'up', 'esc', '?', '\u001b[200~two\nlines\u001b[201~');
  expect(terminal.typed).toEqual(['q', '\u0003', '\u001b[A', '\u001b', '?']);
  expect(terminal.pasted).toEqual(['two\nlines']);
  expect(ui.store.commands).toEqual([]);
  await ui.press('x\u0007?');
  expect(terminal.typed.at(-1)).toBe('x');
  expect(await ui.frame()).toContain('Keys here');
});

test('a paste whose start and end come in pieces is one paste, and the keys behind it are keys', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  const ui = await driveUi({ store });
  await ui.press('i', 'a\u001b[20', '0~one ', 'two\u001b[20', '1~b', '\u001b[2', '~');
  expect(terminal.pasted).toEqual(['one two']);
  expect(terminal.typed).toEqual(['a', 'b', '\u001b[2~']);
  await ui.press('\u0007');
  await ui.press('?');
  expect(await ui.frame()).toContain('Keys here');
});

test('a paste that never ends goes on in parts, so that nothing grows without bound', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  const ui = await driveUi({ store });
  await ui.press('i', '\u001b[200~', 'x'.repeat(1_500_000), 'y'.repeat(1_500_000));
  expect(terminal.pasted.join('').length).toBeGreaterThan(2_900_000);
});

test('the cursor stands where the agent’s program has it, and is hidden otherwise', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  terminal.screen.cursor = { x: 5, y: 2, isVisible: true };
  const ui = await driveUi({ store });
  await ui.press('i');
  const rows = (await ui.frame()).split('\n');
  const y = rows.findIndex(row => row.includes('I am eng-1'));
  const x = (rows[y] ?? '').indexOf('I am eng-1');
  const { cursorX, cursorY } = ui.output.emulator.buffer.active;
  expect([cursorX, cursorY]).toEqual([x + 5, y + 2]);
  expect(ui.output.writes.findLast(text => text.includes('\u001b[?25'))).toContain('\u001b[?25h');
  await ui.press('ctrl+g');
  expect(ui.output.writes.findLast(text => text.includes('\u001b[?25'))).toContain('\u001b[?25l');
});

test('an overlay is never painted over, and the pane comes back behind it', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  const ui = await driveUi({ store, columns: 100, rows: 30 });
  for (let y = 0; y < 24; y += 1) terminal.print(y, '#'.repeat(90));
  await ui.until(frame => frame.includes('####'), 'the pane');
  await ui.press('?');
  const help = await ui.frame();
  for (let y = 0; y < 24; y += 1) terminal.print(y, '%'.repeat(90));
  await ui.until(frame => frame.includes('%%'), 'the pane beside the overlay');
  const after = await ui.frame();
  expect(after.replaceAll('%', '#')).toBe(help);
  await ui.press('esc');
  const back = await ui.frame();
  expect(back).not.toContain('Keys here');
  expect(back).toContain('%'.repeat(60));
});

test('nothing of a terminal is left behind when another view takes its place', async () => {
  const { store, terminals } = storeWith('eng-1');
  for (let y = 0; y < 24; y += 1) terminals[0]?.print(y, '#'.repeat(70));
  const ui = await driveUi({ store });
  expect(await ui.frame()).toContain('####');
  await ui.press('v');
  expect(await ui.frame()).not.toContain('#');
  expect(terminals[0]?.listenerCount).toBe(0);
  expect(terminals[0]?.isVisible).toBe(false);
});

test('the program is told the size of its pane, once, also after the window changed', async () => {
  const { store, terminals } = storeWith('eng-1');
  const terminal = terminals[0] as FakeTerminal;
  const ui = await driveUi({ store, columns: 100, rows: 30 });
  await ui.until(() => terminal.size !== null, 'the size');
  expect(terminal.size).toEqual([64, 16]);
  await ui.resize(120, 40);
  await ui.until(() => terminal.size?.[0] === 84, 'the new size');
  await ui.press('z');
  await ui.until(() => terminal.size?.[0] === 118, 'the zoomed size');
});

test('k scrolls back into what the agent printed, Esc returns to its end', async () => {
  const { store } = storeWith('eng-1');
  const ui = await driveUi({ store });
  await ui.press('3', 'k', 'k');
  expect(await ui.frame()).toContain('past 2');
  expect(await ui.frame()).toContain('2 rows back');
  await ui.press('esc');
  expect(await ui.frame()).not.toContain('past');
});

test('Ctrl+Z gives the terminal away and takes it back with everything drawn anew', async () => {
  const { store } = storeWith('eng-1');
  let resume = (): void => {};
  const stopped = new Promise<void>(resolve => {
    resume = resolve;
  });
  const ui = await driveUi({ store, stopProcess: () => stopped });
  const before = await ui.frame();
  await ui.press('ctrl+z');
  expect(ui.input.isRaw).toBe(false);
  expect(ui.bytes().lastIndexOf('\u001b[?1049l')).toBeGreaterThan(
    ui.bytes().lastIndexOf('\u001b[?1049h'),
  );
  expect(ui.bytes().lastIndexOf('\u001b[?1004l')).toBeGreaterThan(
    ui.bytes().lastIndexOf('\u001b[?1004h'),
  );
  resume();
  await ui.until(frame => frame === before, 'the page as it was');
  expect(ui.input.isRaw).toBe(true);
  expect(ui.bytes().lastIndexOf('\u001b[?1049h')).toBeGreaterThan(
    ui.bytes().lastIndexOf('\u001b[?1049l'),
  );
});

test('unmount gives the terminal back', async () => {
  const { store } = storeWith('eng-1');
  const ui = await driveUi({ store });
  expect(ui.input.isRaw).toBe(true);
  ui.page.unmount();
  await ui.page.waitUntilExit();
  const bytes = ui.bytes();
  for (const mode of ['1049', '1004', '2004']) {
    expect(bytes.lastIndexOf(`\u001b[?${mode}l`), mode).toBeGreaterThan(
      bytes.lastIndexOf(`\u001b[?${mode}h`),
    );
  }
  expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'));
  expect(ui.input.isRaw).toBe(false);
});

test('two or four terminals live side by side, each at its own size, and stay where they are', async () => {
  const { store, terminals } = storeWith('eng-1', 'eng-2', 'eng-3', 'architect');
  const ui = await driveUi({ store, columns: 250, rows: 70 });
  await ui.press('o');
  expect(await ui.row('I am eng-1')).toContain('I am eng-2');
  await ui.until(() => terminals[1]?.size?.[0] === 100, 'the width of a half');
  const places = async (): Promise<string[]> =>
    (await ui.frame()).split('\n').filter(row => row.includes('I am'));
  const before = await places();
  await ui.press('j');
  expect(await ui.frame()).toContain('Terminal of eng-2');
  expect(await places()).toEqual(before);
  await ui.press('o');
  const four = await places();
  expect(four).toHaveLength(2);
  expect(four[1]).toMatch(/I am eng-3 .*I am architect/);
  terminals[2]?.print(3, 'news of the third');
  await ui.until(frame => frame.includes('news of the third'), 'the third pane');
  await ui.press('i');
  expect(await ui.frame()).toContain('EVERY KEY GOES TO eng-2');
  await ui.press('ctrl+g', 'o');
  expect(await ui.frame()).not.toContain('I am eng-1');
  expect(terminals.map(one => one.isVisible)).toEqual([false, true, false, false]);
});

test('/ looks back in what the agent printed, K further, J forth again', async () => {
  const { store } = storeWith('eng-1');
  const ui = await driveUi({ store });
  await ui.press('3', '/', 'PAST 2', 'enter');
  expect(await ui.frame()).toContain('2 rows back');
  await ui.press('K');
  expect(await ui.frame()).toContain('nothing older holds “PAST 2”');
  await ui.press('/', 'backspace', 'backspace', 'enter');
  expect(await ui.frame()).toContain('3 rows back');
  await ui.press('J');
  expect(await ui.frame()).toContain('2 rows back');
});

test('Y copies what is shown by OSC 52, and nothing else ever does', async () => {
  const { store, terminals } = storeWith('eng-1');
  terminals[0]?.print(1, 'second row');
  const ui = await driveUi({ store });
  expect(ui.bytes()).not.toContain('\u001b]52');
  await ui.press('Y');
  const base64 = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(ui.bytes())?.[1] ?? '';
  expect(Buffer.from(base64, 'base64').toString()).toBe('I am eng-1\nsecond row');
  expect(await ui.frame()).toContain('2 rows copied');
});

test('a terminal that knows ASCII alone is given no other character of an agent either', async () => {
  const state = busyState();
  const store = new MemoryTeamStore(state);
  for (const { id } of Object.values(state.agents))
    store.terminals.set(id, new FakeTerminal(id, ['✳ naïve · 文 end']));
  const ui = await driveUi({ store, columns: 100, rows: 30, settings: { isAscii: true } });
  expect(await ui.frame()).toContain('* na?ve - ?? end');
  expect(ui.bytes()).not.toMatch(/[^\u0000-\u007f]/);
});
