import { afterEach, expect, test } from 'vitest';
import { taskBodyCharsMax } from '../../src/core/limits.ts';
import { busyState, MemoryTeamStore, taskOf } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

/** Every byte there is, twice, as a person pastes a program by mistake; without what would end the paste. */
const binary = Array.from({ length: 512 }, (_, index) => String.fromCharCode(index % 256)).join('');
const pasted = (text: string): string => `\u001b[200~${text}\u001b[201~`;

test('pasted binary becomes plain text in a form, and nothing outside of one', async () => {
  const ui = await driveUi({ store: morningStore() });
  const before = await ui.frame();
  await ui.press(pasted(binary));
  expect(await ui.frame()).toBe(before);
  expect(ui.store.commands).toEqual([]);
  await ui.press('n', pasted(binary), 'ctrl+s');
  const [added] = ui.store.added;
  expect(added?.title).toContain('0123456789');
  expect(added?.title).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test('a title of ten thousand characters is refused with its length, and its form stays', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 80, rows: 24 });
  await ui.press('n', pasted('x'.repeat(10_000)), 'ctrl+s');
  const frame = await ui.frame();
  expect(frame).toContain('The title has 10000 characters; at most 200 fit on a card.');
  expect(frame).toContain('New task');
  expect(ui.store.added).toEqual([]);
});

test('the longest task there can be is opened, scrolled to its end and left again', async () => {
  const store = morningStore();
  const body = 'many words '.repeat(taskBodyCharsMax / 11 - 1).padEnd(taskBodyCharsMax - 8, 'x');
  const title = 'y'.repeat(10_000);
  const huge = taskOf('T-4', title, { column: 'doing', body: `${body} the end` });
  const state = store.getState();
  store.publish({ ...state, tasks: { ...state.tasks, [huge.id]: huge } });
  const ui = await driveUi({ store, columns: 100, rows: 30 });
  await ui.press('/', 'T-4', 'enter', 'enter', 'z', 'end');
  expect(await ui.frame()).toContain('the end');
  await ui.press('z', '2');
  expect(await ui.frame()).toContain('? help');
});

test('a terminal that vanishes is written to no more, and nothing is thrown', async () => {
  const ui = await driveUi({ store: morningStore() });
  let failure: unknown = null;
  ui.page.waitUntilExit().catch(error => {
    failure = error;
  });
  ui.output.emit('error', Object.assign(new Error('write EIO'), { code: 'EIO' }));
  const writes = ui.output.writes.length;
  ui.store.publish({ ...ui.store.getState(), teamPaused: true });
  await ui.press('2', 'j', '?');
  await ui.frame();
  expect(ui.output.writes.length).toBe(writes);
  expect(failure).toBeNull();
});

test('of many files that cannot be read the first are named and the others counted', async () => {
  const brokenFiles = [1, 2, 3, 4, 5].map(n => ({
    file: `T-${n}.md`,
    line: 1,
    reason: 'no title',
  }));
  const frameWith = async (count: number) => {
    const state = { ...busyState(), brokenFiles: brokenFiles.slice(0, count) };
    return (await driveUi({ store: new MemoryTeamStore(state), columns: 120, rows: 40 })).frame();
  };
  expect(await frameWith(3)).toMatch(/T-1\.md:1 no title.*\n.*T-2\.md:1 no title.*\n.*T-3\.md:1/);
  const frame = await frameWith(5);
  expect(frame).toMatch(/T-2\.md:1 no title.*\n.*× broken 3 more files; “belfry task list” names/);
  expect(frame).not.toContain('T-3.md');
});
