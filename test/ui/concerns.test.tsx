import { expect, test } from 'vitest';
import type { AgentId } from '../../src/core/ids.ts';
import type { Concern } from '../../src/ports/concern.ts';
import { noon } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { driveUi } from '../support/ui-driver.tsx';

const agents = ['eng-1', 'eng-2'] as AgentId[];
const disk: Concern = {
  ...{ kind: 'disk', key: 'disk 7', since: noon, agents, freeBytes: 200_000 },
  ...{ folder: '/somewhere/.claude', holds: ['claude’s sessions'] },
};
const updated: Concern = {
  ...{ kind: 'updated', key: 'updated claude', since: noon, agents, cli: 'claude' },
  ...{ from: '2.1.197 (Claude Code)', to: '2.2.0 (Claude Code)', wasSeen: false },
};

async function open(...outside: Concern[]) {
  const store = morningStore();
  store.outside = outside;
  const ui = await driveUi({ store, columns: 200, rows: 50 });
  await ui.press('4');
  const words = outside.map(({ kind }) => (kind === 'disk' ? 'disk full' : 'was updated'));
  for (let step = 0; step < 30 && !(await ui.row('▸!')).includes(words[0] ?? ''); step += 1)
    await ui.press('j');
  return { store, ui };
}

test('a full disk is said with its place and what helps, and stays until there is room', async () => {
  const { store, ui } = await open(disk);
  const row = await ui.row('disk full');
  expect(row).toContain('make room for /somewhere/.claude: nothing left for claude’s sessions');
  await ui.press('x');
  expect(await ui.frame()).toContain('it leaves the list by itself when it is settled');
  expect(store.outside).toEqual([disk]);
  await ui.press('enter');
  const frame = await ui.frame();
  expect(frame).toContain('Enter  Close');
  expect(frame).toContain('cannot be resumed');
  await ui.press('enter');
  expect(await ui.frame()).not.toContain('Enter  Close');
});

test('an update is said with both versions and leaves the list when it was noted', async () => {
  const { store, ui } = await open(updated);
  const row = await ui.row('claude was updated');
  expect(row).toContain('2.1.197 (Claude Code) → 2.2.0 (Claude Code): 2 agents still run the old');
  expect(row).toContain('x noted');
  await ui.press('enter', 'n');
  expect(store.outside).toEqual([updated]);
  await ui.press('x');
  expect(store.outside).toEqual([]);
  expect(await ui.frame()).not.toContain('was updated');
});

/** The page with the marker on what `words` are about, below all else. */
async function openAt(words: string, concern: Concern) {
  const store = morningStore();
  store.outside = [concern];
  const ui = await driveUi({ store, columns: 200, rows: 50 });
  await ui.press('4', 'G');
  for (let step = 0; step < 30 && !(await ui.row('▸!')).includes(words); step += 1)
    await ui.press('k');
  return { store, ui };
}

test('receipts that cannot be written are said with why, and leave the list when it was noted', async () => {
  const why = 'none is written in this run, and landings are not signed: the disk is full';
  const receipts: Concern = { kind: 'receipts', key: 'receipts', since: noon, agents: [], why };
  const { store, ui } = await openAt('no receipts', receipts);
  expect(await ui.row('no receipts')).toContain(why);
  await ui.press('x');
  expect(store.outside).toEqual([]);
  expect(await ui.frame()).not.toContain('no receipts');
});

test('work that is too large to be saved is named with its size and place, until it was noted', async () => {
  const files = [
    { path: 'dump\u001b[31m.bin', bytes: 20_000_000_000 },
    ...['a', 'b', 'c', 'd'].map(path => ({ path, bytes: 60_000_000 })),
  ];
  const at = { folder: '/state/worktrees/eng-1', since: noon };
  const unsaved: Concern = {
    ...{ kind: 'unsaved', key: 'unsaved x', agents: agents.slice(0, 1), files, ...at },
  };
  const { store, ui } = await openAt('eng-1: work not saved', unsaved);
  const row = await ui.row('work not saved');
  expect(row).toContain(
    'rest: dump.bin (20.0 GB), a (60 MB), b (60 MB), 2 files more, left in /st',
  );
  await ui.press('x');
  expect(store.outside).toEqual([]);
});
