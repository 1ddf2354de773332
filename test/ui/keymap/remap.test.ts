import { afterEach, expect, test } from 'vitest';
import { remap } from '../../../src/ui/keymap/remap.ts';
import { morningStore } from '../../support/morning.ts';
import { closeDrivers, driveUi } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

test('a key of one’s own works, and footer, needs and help name it', async () => {
  const { rows, problems } = remap({ 'question.yes': 'a', 'page.help': 'F' });
  expect(problems).toEqual([]);
  const ui = await driveUi({ store: morningStore(), settings: { keymap: rows } });
  expect(await ui.frame()).toMatch(/a yes +N no/);
  expect(await ui.frame()).toContain('F help');
  await ui.press('y');
  expect(ui.store.commands).toEqual([]);
  await ui.press('a');
  expect(ui.store.commands).toHaveLength(1);
  await ui.press('F');
  expect(await ui.row('answer yes')).toMatch(/a +answer yes/);
});

test('help names the leave key that the person chose', async () => {
  const ui = await driveUi({ store: morningStore(), settings: { leaveKey: 'ctrl+y' } });
  await ui.press('?', 'leave key');
  expect(await ui.row('back to the page')).toContain('Ctrl+y');
  expect(await ui.frame()).not.toContain('Ctrl+g');
});

test('a clash is refused with both names, and the other wishes hold', () => {
  const { rows, problems } = remap({
    'agent.pause': 'q',
    'task.add': 'a',
    'no.such': 'b',
    'goal.give': 'f5',
  });
  expect(problems).toEqual([
    'keys: q cannot mean agent.pause: it means page.quit in the same panel.',
    'keys: there is no action “no.such”.',
    'keys: “f5” for goal.give is no key.',
  ]);
  expect(rows.find(row => row.action === 'agent.pause')?.keys).toEqual(['p']);
  expect(rows.find(row => row.action === 'task.add')?.keys).toEqual(['a']);
});

test('two actions of different panels may share a key', () => {
  expect(remap({ 'task.raise': 'c' }).problems).toEqual([]);
});
