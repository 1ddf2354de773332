import { expect, test } from 'vitest';
import { DeferredStore } from '../../src/cli/page/deferred-store.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { Concern } from '../../src/ports/concern.ts';
import { runTeam } from '../../src/supervisor/run-team.ts';
import { unwatchedTeamFile } from '../../src/ui/feed.ts';
import { describeTeamStore, type TeamStoreStage } from '../contract/team-store.ts';
import { memoryReplays } from '../support/memory-replays.ts';
import { MemoryTeamStore } from '../support/memory-team-store.ts';
import { memoryWorld } from '../support/memory-world.ts';

const concern: Concern = { kind: 'receipts', key: 'receipts', since: 1, agents: [], why: 'full' };

describeTeamStore('a team on a world in memory', async () => {
  const world = memoryWorld();
  world.receipts.refusal = 'the disk is full';
  const team = { members: [], policy: defaultPolicy, gate: [] };
  const bounds = { timeoutMs: 1_000, silenceMs: 1_000 };
  const { store } = await runTeam(
    world,
    { ...team, acceptance: bounds },
    {
      ...{ repositoryName: 'harbour', sessionSalt: 'salt' },
      fail(error) {
        throw error;
      },
    },
  );
  return {
    store,
    concernKeys: ['receipts'],
    pause: async () => void (await store.command({ type: 'team.pause' })),
    refused: () => store.command({ type: 'team.resume' }),
    async runGate() {
      const commands = [{ name: 'gate', command: 'echo hello', ...bounds }];
      await world.gate.run({ id: 'T-1-1-1', commit: await world.trunk.head(), commands });
    },
  };
});

function memoryStage(): TeamStoreStage & { readonly store: MemoryTeamStore } {
  const store = new MemoryTeamStore();
  store.outside = [concern];
  return {
    store,
    concernKeys: ['receipts'],
    async pause() {
      store.publish({ ...store.getState(), teamPaused: true });
    },
    refused() {
      store.refusal = 'the team is not paused';
      return store.command({ type: 'team.resume' });
    },
    async runGate() {
      const run = { id: 'T-1-1-1', command: 'echo hello', startedAt: 1, endedAt: null };
      store.runGate({ ...run, tail: [], counts: null, logFile: '' });
    },
  };
}

describeTeamStore('the memory', async () => memoryStage());

describeTeamStore('the store that waits for a team', async () => {
  const { store: inner, ...stage } = memoryStage();
  const store = new DeferredStore('harbour');
  store.attach(inner, memoryReplays().replays, unwatchedTeamFile);
  return { ...stage, store };
});

test('who listened before the team was there is told of its gate, until they stop', async () => {
  const { store: inner, runGate } = memoryStage();
  const store = new DeferredStore('harbour');
  let told = 0;
  const stop = store.onGateChange(() => {
    told += 1;
  });
  store.attach(inner, memoryReplays().replays, unwatchedTeamFile);
  await runGate();
  expect(told).toBe(1);
  stop();
  await runGate();
  expect(told).toBe(1);
});
