import { afterEach, expect, test } from 'vitest';
import type { Agent } from '../../src/core/agent.ts';
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

const eng1 = 'eng-1' as AgentId;

/** A page on which eng-1 was busy until the change. */
async function pageWith(change: Partial<Agent>, columns = 120) {
  const state = busyState();
  const agent = { ...(state.agents[eng1] as Agent), ...change };
  const store = new MemoryTeamStore({ ...state, agents: { ...state.agents, [eng1]: agent } });
  for (const id of ['eng-1', 'eng-2'])
    store.terminals.set(id as AgentId, new FakeTerminal(id, [`${id} works… (12s)`]));
  return driveUi({ store, columns, rows: 40 });
}

const stopped = { status: 'exited', stopped: true, since: noon - minutes(8) } as const;

test('above what a stopped program showed last stands since when it is, and the key that starts it', async () => {
  const ui = await pageWith(stopped);
  await ui.press('1');
  const rows = (await ui.frame()).split('\n');
  const at = rows.findIndex(row => row.includes('eng-1 works…'));
  expect(rows[at - 1]).toMatch(/■ stopped since 09:22 .* x starts it again/);
  // On the board the same key drops a task.
  await ui.press('2');
  const onBoard = await ui.row('stopped since 09:22');
  expect(onBoard).not.toContain('starts it again');
});

test('one that ended says why, on another day which, and that it starts by itself where it does', async () => {
  const ended = { ...stopped, stopped: false, statusReason: 'exit code 7\u001b[31m' };
  const ui = await pageWith({ ...ended, since: noon - minutes(24 * 60) });
  expect(await ui.row('ended at')).toMatch(/× ended at 06-02 09:30: exit code 7/);
  await closeDrivers();
  const restarting = await pageWith({ ...ended, restartAt: noon + minutes(1) }, 80);
  expect(await restarting.row('ended at')).toMatch(
    /× ended at 09:22 and restarts: exit c… x at once/,
  );
});

test('a paused one is told apart from one that works, and a running one has all of its panel', async () => {
  const ui = await pageWith({ paused: true, pausedAt: noon - minutes(3) });
  await ui.press('3');
  expect(await ui.row('paused since')).toMatch(/‖ paused since 09:27 .* p lets it go on/);
  await closeDrivers();
  const running = await pageWith({});
  const rows = (await running.frame()).split('\n');
  const at = rows.findIndex(row => row.includes('eng-1 works…'));
  expect(rows[at - 1]).toContain('Terminal of eng-1');
});

test('among several terminals each says of itself that it stands still', async () => {
  const ui = await pageWith(stopped);
  await ui.press('1', 'down', 'o');
  const rows = (await ui.frame()).split('\n');
  expect(rows.filter(row => row.includes('stopped since'))).toHaveLength(1);
  expect(rows.find(row => row.includes('stopped since'))).not.toContain('starts it again');
  // Where there is no room for both, since when is worth more than the key.
  await ui.resize(80, 24);
  await ui.press('up', 'o');
  const row = await ui.row('stopped since 09:22');
  expect(row).not.toMatch(/stopped .*again.*│.*│/);
});

test('whoever wants to type to one that is not running reads what starts it', async () => {
  const ui = await pageWith(stopped);
  await ui.press('1', 'i');
  expect(await ui.frame()).toContain('i: eng-1 is not running; x starts it again');
});
