import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { columns as boardColumns, type Task } from '../../src/core/task.ts';
import {
  agentOf,
  FakeTerminal,
  MemoryTeamStore,
  minutes,
  noon,
  stateOf,
  taskOf,
} from '../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

/** 500 tasks, 20 agents, two thousand facts, a title of ten thousand characters and a body of a megabyte. */
function hugeStore(): MemoryTeamStore {
  const tasks = Array.from({ length: 500 }, (_, index): Task => {
    const column = boardColumns[index % boardColumns.length] as Task['column'];
    const title = index === 0 ? 'x'.repeat(10_000) : `The task with the number ${index + 1}`;
    const body = index === 1 ? 'word '.repeat(200_000) : 'Short.';
    return taskOf(`T-${index + 1}`, title, { column, body });
  });
  const engineers = Array.from({ length: 18 }, (_, index) =>
    agentOf(`eng-${index + 1}`, { status: 'working', task: `T-${index * 5 + 3}` as never }),
  );
  const store = new MemoryTeamStore(
    stateOf([agentOf('architect'), agentOf('manager'), ...engineers], tasks),
  );
  store.terminals.set('eng-1' as never, new FakeTerminal('eng-1', ['I am eng-1']));
  const events = Array.from({ length: 2_000 }, (_, index): Event => {
    const task = `T-${(index % 500) + 1}` as never;
    return { at: noon - minutes(2_000 - index), type: 'task.paused', task };
  });
  store.publish(store.getState(), events);
  return store;
}

test.each([
  [80, 24],
  [100, 30],
  [160, 50],
  [250, 70],
  [300, 100],
])('500 tasks, 20 agents and endless texts are shown at %i×%i', async (columns, rows) => {
  const ui = await driveUi({ store: hugeStore(), columns, rows });
  // Where there is no room for words the header counts in figures.
  expect(await ui.frame()).toMatch(/18(?: of |\/)20 working/);
  await ui.press('2', 'end', 'home', 'enter', 'z', 'pagedown');
  expect(await ui.frame()).toContain('Task T-1');
  await ui.press('v', 'end');
  expect(await ui.frame()).toContain('row 2000 of 2000');
  for (const row of (await ui.frame()).split('\n')) expect(row.length).toBeLessThanOrEqual(columns);
});

test('a key draws the panels that it changes, once, and news of what is out of sight draws nothing', async () => {
  const store = hugeStore();
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  const { frames } = ui.page.tally;
  const writes = ui.output.writes.length;
  await ui.press('2');
  expect(ui.page.tally.frames).toBe(frames + 1);
  // The headers of team and footer differ; a terminal of 160×50 has 8,000 cells.
  expect(ui.output.writes.slice(writes).join('').length).toBeLessThan(30_000);
  const state = store.getState();
  const hidden = state.tasks['T-400' as never] as Task;
  store.publish({
    ...state,
    tasks: { ...state.tasks, [hidden.id]: { ...hidden, why: 'another reason' } },
  });
  await ui.frame();
  expect(ui.page.tally.frames).toBe(frames + 1);
});

test('a storm of sizes ends with the page of the last one', async () => {
  const ui = await driveUi({ store: hugeStore(), columns: 160, rows: 50 });
  for (let count = 0; count < 60; count += 1) {
    ui.output.columns = 40 + ((count * 37) % 200);
    ui.output.rows = 12 + ((count * 17) % 50);
    ui.output.emulator.resize(ui.output.columns, ui.output.rows);
    ui.output.emit('resize');
  }
  await ui.resize(100, 30);
  const frame = await ui.until(text => text.includes('1 Team'), 'the page');
  const rows = frame.split('\n');
  expect(rows).toHaveLength(30);
  expect(rows.at(-1)).toContain('? help');
  expect(rows.filter(row => row.includes('? help'))).toHaveLength(1);
});
