import { expect, test } from 'vitest';
import { emptyState } from '../../src/core/state.ts';
import { keymap } from '../../src/ui/keymap/keymap.ts';
import { agentOf, MemoryTeamStore, stateOf } from '../support/memory-team-store.ts';
import { morningMessages, morningStore } from '../support/morning.ts';
import { driveUi } from '../support/ui-driver.tsx';

async function open(isLive = true) {
  const store = morningStore();
  store.readOnly = { why: 'read-only: the Belfry in process 7 works on this team', isLive };
  return { store, ui: await driveUi({ store, columns: 160, rows: 50 }) };
}

const panelKeys = { team: '1', board: '2', detail: '3', needs: '4' } as const;

test('every deed is refused with who has the team, and none reaches it', async () => {
  const { store, ui } = await open();
  for (const { panels, keys } of keymap.filter(row => row.group === 'Act'))
    for (const panel of panels) {
      await ui.press('esc', panelKeys[panel], keys[0] ?? '');
      const footer = (await ui.frame()).trimEnd().split('\n').at(-1);
      expect(footer, `${panel} ${keys[0]}`).toContain(': read-only: the Belfry in process 7');
    }
  expect(store.commands).toEqual([]);
});

test('a message is read, and no form is opened to answer it', async () => {
  const { store, ui } = await open();
  store.publish({ ...store.getState(), messages: morningMessages });
  await ui.press('M', 'enter');
  const frame = await ui.frame();
  expect(frame).not.toContain('Message to');
  expect(frame).toContain('Enter: read-only: the Belfry in process 7');
});

test('who hears the page is told no key that does nothing here', async () => {
  const store = morningStore();
  store.readOnly = { why: 'read-only: the Belfry in process 7 works on this team', isLive: true };
  const ui = await driveUi({ store, settings: { isScreenReader: true } });
  await ui.press('w', 'w');
  await ui.frame();
  const needs = ui
    .bytes()
    .split(/\r?\n/)
    .filter(one => one.startsWith('Needs you:'));
  expect(needs.length).toBeGreaterThan(2);
  for (const need of needs) expect(need).toMatch(/ Keys: w goes there(, (Enter look|d diff))*\.$/);
});

test('it is left at once: nothing of it ends with the page', async () => {
  const { ui } = await open();
  await ui.press('q');
  expect(await ui.frame()).not.toContain('Quit Belfry?');
  expect(ui.quits()).toBe(1);
});

test('the page says that it is read-only, and that nobody works when nobody does', async () => {
  expect((await (await open()).ui.frame()).split('\n')[0]).toContain('read-only');
  expect((await (await open(false)).ui.frame()).split('\n')[0]).toContain('not running');
});

test('before a first run it says that there is nothing yet, not that it starts', async () => {
  const { store, ui } = await open(false);
  store.terminalOf = () => null;
  store.publish(emptyState);
  const isEmpty = (frame: string) => frame.includes('No agents yet');
  const frame = await ui.until(isEmpty, 'the page of a team that never ran');
  expect(frame.split('\n')[0]).toContain('not running  ○ nothing yet');
  expect(frame).toContain('No Belfry works on this team');
});

test('a journal that cannot be read stands on top of the page, and Enter reads all of it', async () => {
  const { store, ui } = await open();
  const why = 'journal.jsonl is damaged at line 7:\u001b[31m restore it from a backup.';
  store.outside = [{ kind: 'journal', key: 'journal', since: 1, agents: [], why }];
  store.publish(store.getState());
  await ui.until(frame => frame.includes('journal unreadable'), 'what went wrong');
  expect(await ui.row('journal unreadable')).toContain('journal.jsonl is damaged at line 7');
  await ui.press('4', 'home', 'enter');
  expect(await ui.frame()).toContain('What is shown is older than that.');
});

test('needs are shown without the keys that would settle them', async () => {
  const { ui } = await open();
  const row = await ui.row('asks permission');
  expect(row).not.toContain('y yes');
  await ui.press('4');
  expect(await ui.row('asks permission')).toContain('Enter look');
});

test('an agent’s terminal is shown as far as it is recorded, and not typed into', async () => {
  const { store, ui } = await open();
  store.terminalOf = () => null;
  await ui.press('3', 'i');
  const frame = await ui.frame();
  expect(frame).toContain('Nothing of eng-1’s terminal is recorded.');
  expect(frame).toContain('i: read-only: the Belfry in process 7');
});

test('an empty board names no keys that would be refused', async () => {
  const store = new MemoryTeamStore(stateOf([agentOf('eng-1')], []));
  store.readOnly = { why: 'read-only: nobody', isLive: false };
  const frame = await (await driveUi({ store, columns: 160, rows: 50 })).frame();
  expect(frame).toContain('What the team is given appears here.');
  expect(frame).not.toContain('n adds a task');
});
