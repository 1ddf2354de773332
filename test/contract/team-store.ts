import { describe, expect, it } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import type { TeamStore } from '../../src/ports/team-store.ts';
import { plainContent } from './plain-content.ts';

const taskCalled = (title: string) => ({ ...plainContent, title, dependsOn: [] });

export type TeamStoreStage = {
  readonly store: TeamStore;
  /** One turn in which the team is paused, and nothing else becomes another. */
  pause(): Promise<void>;
  /** A command that is refused. */
  refused(): Promise<string | null>;
  /** Of what is wrong outside from the beginning on. */
  readonly concernKeys: readonly string[];
  /** The gate has something to show. */
  runGate(): Promise<void>;
};

const counter = () => {
  const counted = {
    times: 0,
    tell: () => {
      counted.times += 1;
    },
  };
  return counted;
};

/** What the page relies on, whoever has the team. */
export function describeTeamStore(name: string, create: () => Promise<TeamStoreStage>): void {
  describe(`${name} keeps the contract of the team store`, () => {
    it('whoever is told of a change finds it there, and is not told after the stop', async () => {
      const { store, pause, refused } = await create();
      const seen: boolean[] = [];
      const stop = store.subscribe(() => seen.push(store.getState().teamPaused));
      await pause();
      expect(seen).toContain(true);
      stop();
      seen.length = 0;
      await store.addTask(taskCalled('Mend the clock'));
      await refused();
      expect(seen).toEqual([]);
    });

    it('a turn changes what it is about; the rest is the same object', async () => {
      const { store, pause } = await create();
      const before = store.getState();
      expect(store.getState()).toBe(before);
      await pause();
      const after = store.getState();
      expect(after).not.toBe(before);
      expect([after.teamPaused, after.tasks]).toEqual([true, before.tasks]);
      expect(after.tasks).toBe(before.tasks);
    });

    it('a refused command says why and changes nothing', async () => {
      const { store, refused } = await create();
      const before = store.getState();
      const told = counter();
      store.subscribe(told.tell);
      expect(await refused()).toMatch(/\w/);
      expect([store.getState(), told.times]).toEqual([before, 0]);
    });

    it('lists are the same ones until something changed', async () => {
      const { store } = await create();
      const listsOf = () => [
        ...[store.concerns(), store.branchPairs(), store.notices, store.recentEvents()],
      ];
      const first = listsOf();
      for (const [index, list] of listsOf().entries()) expect(list).toBe(first[index]);
    });

    it('what the person took note of leaves the list, and whoever draws it is told', async () => {
      const { store, concernKeys } = await create();
      const keys = () => store.concerns().map(({ key }) => key);
      expect(keys()).toEqual(concernKeys);
      const told = counter();
      store.subscribe(told.tell);
      for (const key of concernKeys) store.noteConcern(key);
      expect(keys()).toEqual([]);
      expect(told.times).toBeGreaterThanOrEqual(concernKeys.length);
    });

    it('each task that is added has an id of its own', async () => {
      const { store } = await create();
      const [one, other] = [
        await store.addTask(taskCalled('Mend the clock')),
        await store.addTask(taskCalled('Paint the door')),
      ];
      expect(one).toMatchObject({ task: expect.stringMatching(/^T-\d+$/) });
      expect(one).not.toEqual(other);
    });

    it('a task that nobody knows has no file and no receipts', async () => {
      const { store } = await create();
      const unknown = 'T-999' as TaskId;
      expect(await store.taskFile(unknown)).toBeNull();
      expect(store.receiptsOf(unknown)).toEqual([]);
    });

    it('the gate tells whoever listens, and nobody after the stop', async () => {
      const { store, runGate } = await create();
      const told = counter();
      const stop = store.onGateChange(told.tell);
      await runGate();
      expect(told.times).toBeGreaterThan(0);
      expect(store.gateRun()).not.toBeNull();
      stop();
      told.times = 0;
      await runGate();
      expect(told.times).toBe(0);
    });
  });
}
