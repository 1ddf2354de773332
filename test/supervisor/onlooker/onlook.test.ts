import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { WrittenReceipt } from '../../../src/ports/records/receipts.ts';
import type { ReadOnly } from '../../../src/ports/team-store.ts';
import { type OnlookerWorld, onlook } from '../../../src/supervisor/onlooker/onlook.ts';
import { TeamDriver } from '../../support/team-driver.ts';

function open() {
  let tell: Parameters<OnlookerWorld['follow']>[0] = () => {};
  let fail: Parameters<OnlookerWorld['follow']>[1] = () => {};
  let following = 2;
  let attest: Parameters<OnlookerWorld['followReceipts']>[0] = () => {};
  const holderListeners = new Set<() => void>();
  let readOnly: ReadOnly = { why: 'read-only: process 7', isLive: true };
  const onlooker = onlook(
    {
      follow(onFacts, onProblem) {
        tell = onFacts;
        fail = onProblem;
        return () => {
          following -= 1;
        };
      },
      followReceipts(onRecent) {
        attest = onRecent;
        return () => {
          following -= 1;
        };
      },
      clock: { now: () => 5 },
      worktrees: {
        pathOf: agent => `/worktrees/${agent}`,
        diff: async task => `diff of ${task}`,
        landedDiff: async landed => `what ${landed} brought`,
      },
      boardFiles: { pathOf: async () => null },
      holder: {
        readOnly: () => readOnly,
        onChange(listener) {
          holderListeners.add(listener);
          return () => holderListeners.delete(listener);
        },
      },
      terminals: { terminalOf: () => null, onAppeared: () => () => {} },
    },
    { policy: defaultPolicy, repositoryName: 'harbour' },
  );
  return {
    ...onlooker,
    tell: (facts: readonly Event[], isAnew = false) => tell(facts, isAnew),
    fail: (problem: Error) => fail(problem),
    ended() {
      readOnly = { why: 'read-only: nobody', isLive: false };
      for (const listener of holderListeners) listener();
    },
    attest: (receipt: WrittenReceipt) => attest([receipt]),
    following: () => following,
  };
}

test('the same facts make the same state as where they were decided', () => {
  const team = new TeamDriver();
  team.pass(1_000);
  team.input({ type: 'team.pause' });
  const { store, tell } = open();
  let times = 0;
  store.subscribe(() => {
    times += 1;
  });
  tell(team.events.slice(0, 3), true);
  tell(team.events.slice(3));
  expect(store.getState()).toEqual(team.state);
  expect(times).toBe(2);
  expect(store.recentEvents().at(-1)?.type).toBe('team.paused');
  tell([], true);
  expect(Object.keys(store.getState().agents)).toEqual([]);
});

test('whatever is asked is refused with who has the team at that moment', async () => {
  const { store, ended } = open();
  expect(await store.command({ type: 'team.pause' })).toBe('read-only: process 7');
  expect(store.readOnly).toEqual({ why: 'read-only: process 7', isLive: true });
  let times = 0;
  store.subscribe(() => {
    times += 1;
  });
  ended();
  expect(times).toBe(1);
  expect(await store.setPriority('T-1' as never, 'high')).toBe('read-only: nobody');
  expect(await store.addTask({} as never)).toEqual({ refused: 'read-only: nobody' });
});

test('a journal that cannot be trusted is said, and what was shown stays', () => {
  const { store, tell, fail } = open();
  tell([{ at: 1, type: 'team.paused' }], true);
  let times = 0;
  store.subscribe(() => {
    times += 1;
  });
  fail(new Error('it is damaged.'));
  const concern = { kind: 'journal', key: 'journal', since: 5, agents: [], why: 'it is damaged.' };
  expect([store.concerns(), times]).toEqual([[concern], 1]);
  expect(store.getState().teamPaused).toBe(true);
});

test('stopped, it follows no more', () => {
  const { stop, following } = open();
  stop();
  expect(following()).toBe(0);
});

test('receipts are shown as they come, at their tasks', () => {
  const { store, attest } = open();
  let times = 0;
  const unsubscribe = store.subscribe(() => {
    times += 1;
  });
  const task = 'T-1' as TaskId;
  const receipt = { kind: 'gate', fact: 4, task, attempt: 1, hash: 'a'.repeat(64) } as const;
  attest(receipt);
  expect(store.receiptsOf(task)).toEqual([receipt]);
  expect(store.receiptsOf('T-2' as TaskId)).toEqual([]);
  unsubscribe();
  attest(receipt);
  expect(times).toBe(1);
});
