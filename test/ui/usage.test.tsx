import { expect, test } from 'vitest';
import type { AgentId, TaskId } from '../../src/core/ids.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { newAccount, type Overspent } from '../../src/core/usage/budget.ts';
import { needsYou } from '../../src/ui/present/needs.ts';
import { outcomeWords } from '../../src/ui/present/usage/usage-words.ts';
import {
  agentOf,
  busyState,
  FakeTerminal,
  MemoryTeamStore,
  noon,
  stateOf,
  taskOf,
} from '../support/memory-team-store.ts';
import { driveUi } from '../support/ui-driver.tsx';

const budgets = {
  task: { dollars: 5, tokens: null },
  run: { dollars: null, tokens: 2_000_000 },
};
const over: Overspent = {
  ...{ since: noon, spent: 5.2, limit: 5, holdsTeam: false },
  kind: 'dollars',
  heldBack: 'eng-1' as AgentId,
};

function overBudget(): MemoryTeamStore {
  const used = { tokens: { input: 1_200_000, cached: 0, output: 40_000 }, costUsd: 5.2 };
  const task = taskOf('T-4', 'Keep the order', {
    ...{ column: 'doing', assignee: 'eng-1' as AgentId, attempt: 1 },
    account: { ...newAccount, used, overspent: over },
  });
  const held = { task: 'T-4' as TaskId, paused: true, pausedAt: noon, isHeldBack: true } as const;
  const store = new MemoryTeamStore(stateOf([agentOf('eng-1', held)], [task]));
  store.policy = { ...defaultPolicy, budgets };
  return store;
}

test('a used-up budget is asked about from every panel, with what one more of it is', async () => {
  const ui = await driveUi({ store: overBudget(), columns: 160, rows: 50 });
  const row = await ui.row('T-4 is over budget');
  expect(row).toContain('$5.20 of $5.00 are used; eng-1 is paused');
  expect(row).toMatch(/y go on, \$5\.00 more +N stop/);
  expect(await ui.frame()).toContain('$ budget');
});

test.each([
  ['y', 'raise'],
  ['N', 'stop'],
] as const)('%s answers it: %s', async (key, answer) => {
  const ui = await driveUi({ store: overBudget() });
  await ui.press(key);
  expect(ui.store.commands).toEqual([{ type: 'budget.answer', task: 'T-4', answer }]);
});

test('the header tells tokens and cost of the team, the task its own and its budget', async () => {
  const ui = await driveUi({ store: overBudget(), columns: 160, rows: 50 });
  expect(await ui.row('harbour')).toContain('$1.25  52k in · 830k cached · 9.4k out (of 2.0M)');
  await ui.act('panel.board');
  await ui.act('item.open');
  const frame = await ui.until(text => text.includes('Budget'), 'the task');
  expect(frame).toContain('1.2M in · 0 cached · 40k out · $5.20');
  expect(frame).toContain('$5.20 of $5.00');
});

test('what nothing tells is said to be not known', async () => {
  const silent = { costUsd: null, tokens: null };
  const task = taskOf('T-4', 'Keep the order', {
    ...{ column: 'doing', assignee: 'eng-1' as AgentId, attempt: 1 },
  });
  const state = stateOf([agentOf('eng-1', { ...silent, task: 'T-4' as TaskId })], [task]);
  const store = new MemoryTeamStore(state);
  store.policy = { ...defaultPolicy, budgets };
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  expect(await ui.row('harbour')).toContain('cost not known  tokens not known (of 2.0M)');
  await ui.act('panel.board');
  await ui.act('item.open');
  const frame = await ui.until(text => text.includes('Budget'), 'the task');
  expect(frame).toContain('$5.00, but the cost is not known: it cannot be watched');
});

test('a sum of which one part is not known says so', async () => {
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()), columns: 160, rows: 50 });
  expect(await ui.row('harbour')).toContain('≥ $5.00');
});

test('an agent that waits for its provider says until when', async () => {
  const until = new Date(noon);
  until.setHours(15, 40);
  const waits = { status: 'limited', deadline: until.getTime() } as const;
  const failed = { status: 'failed', deadline: until.getTime() } as const;
  const days = { status: 'limited', deadline: until.getTime() + 3 * 24 * 60 * 60_000 } as const;
  const agents = [agentOf('eng-1', waits), agentOf('eng-2', failed), agentOf('eng-3', days)];
  const state = stateOf(agents, []);
  const ui = await driveUi({ store: new MemoryTeamStore(state) });
  expect(await ui.row('◷ until 15:40')).toContain('eng-1');
  expect(await ui.row('✕ again 15:40')).toContain('eng-2');
  expect(await ui.row('◷ until 06-06')).toContain('eng-3');
});

test('an agent that is down on purpose needs nobody, one that was given up does', () => {
  const down = { status: 'exited', paused: true, pausedAt: noon } as const;
  const needs = (agent: Partial<ReturnType<typeof agentOf>>) =>
    needsYou(stateOf([agentOf('eng-1', agent)], []), defaultPolicy).map(({ kind }) => kind);
  expect(needs(down)).toEqual([]);
  expect(needs({ ...down, paused: false, pausedAt: null })).toEqual(['exited']);
  const stopped = { status: 'exited', stopped: true } as const;
  expect(needs(stopped)).toEqual([]);
  expect(needs({ ...stopped, givenUp: 'took no prompt' })).toEqual(['exited']);
});

test('what an engineer puts out without an outcome is said below its terminal and on its task', async () => {
  const tokens = { input: 1_300_000, cached: 9_000_000, output: 100_000 };
  const atOutcome = { costUsd: 1, tokens: 600_000, bytes: 1_000_000 };
  const busy = agentOf('eng-1', {
    ...{ task: 'T-4' as TaskId, status: 'working', tokens, atOutcome },
    bytes: { total: 4_100_000, meter: 4_100_000 },
  });
  const task = taskOf('T-4', 'Keep the order', { column: 'doing', assignee: busy.id, attempt: 1 });
  const store = new MemoryTeamStore(stateOf([busy], [task]));
  store.terminals.set(busy.id, new FakeTerminal('eng-1'));
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  expect(await ui.frame()).toContain('800k tokens, 3.1 MB on its terminal since an outcome');
  await ui.press('2', 'enter');
  expect(await ui.row('No outcome')).toContain('800k tokens, 3.1 MB on its terminal since eng-1');
  // The others of a team have no work of their own that could land.
  expect(outcomeWords({ ...busy, role: 'manager' }, defaultPolicy)).toBeNull();
});

test('output of ordinary work is not told as being without an outcome', async () => {
  const busy = agentOf('eng-1', { task: 'T-4' as TaskId, bytes: { total: 17_000, meter: 17_000 } });
  const task = taskOf('T-4', 'Keep the order', { column: 'doing', assignee: busy.id, attempt: 1 });
  const store = new MemoryTeamStore(stateOf([busy], [task]));
  store.terminals.set(busy.id, new FakeTerminal('eng-1'));
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  expect(await ui.frame()).not.toContain('since an outcome');
  await ui.press('2', 'enter');
  expect(await ui.frame()).not.toContain('No outcome');
});
