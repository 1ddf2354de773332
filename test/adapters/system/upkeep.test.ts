import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startUpkeep } from '../../../src/adapters/system/upkeep.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { keptFilesMs, upkeepEveryMs } from '../../../src/core/limits.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TemporaryTeam, temporaryTeam } from '../git/temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

test('bounds are kept while a team runs, by what is settled by then, until it ends', async () => {
  team = await temporaryTeam();
  const { state } = team;
  mkdirSync(state.gateLogs, { recursive: true });
  const log = (name: string) => join(state.gateLogs, name);
  for (const name of ['T-1-1-1.log', 'T-2-1-1.log']) writeFileSync(log(name), '');
  const draft = join(state.root, '.T-9.new');
  writeFileSync(draft, '');
  const settled = new Set<string>();
  const clock = new FakeClock(Date.now() + 2 * keptFilesMs);
  const errors: string[] = [];
  const stop = startUpkeep({
    ...{ state, board: state.root, clock, onError: reason => errors.push(reason) },
    newestFact: () => clock.now(),
    isSettled: (task: TaskId) => settled.has(task),
    isResumable: () => false,
  });
  await vi.waitFor(() => expect(existsSync(join(state.hub, 'packed-refs'))).toBe(true), 10_000);
  expect(existsSync(log('T-1-1-1.log'))).toBe(true);
  await vi.waitFor(() => expect(existsSync(draft)).toBe(false), 10_000);
  settled.add('T-1');
  await vi.waitFor(() => {
    clock.advance(upkeepEveryMs);
    expect(existsSync(log('T-1-1-1.log'))).toBe(false);
  }, 10_000);
  await stop();
  settled.add('T-2');
  clock.advance(10 * upkeepEveryMs);
  await stop();
  expect(existsSync(log('T-2-1-1.log'))).toBe(true);
  expect(errors).toEqual([]);
});

test('a team that rests has no git started for it', async () => {
  team = await temporaryTeam();
  const clock = new FakeClock();
  let [newest, asked, packs] = [1, 0, 0];
  const stop = startUpkeep({
    board: team.state.root,
    ...{ clock, isSettled: () => false, isResumable: () => false },
    // Each time that it is packed, git says that there is no such repository.
    state: { ...team.state, hub: join(team.state.hub, 'gone') },
    newestFact() {
      asked += 1;
      return newest;
    },
    onError: reason => {
      if (reason.startsWith('refs')) packs += 1;
    },
  });
  const hour = async (times: number) => {
    await vi.waitFor(() => expect(asked).toBe(times), 10_000);
    await vi.waitFor(() => expect(clock.nextAlarm).not.toBeNull(), 10_000);
    clock.advance(upkeepEveryMs);
  };
  for (const times of [1, 2, 3]) await hour(times);
  expect(packs).toBe(1);
  newest = 2;
  await hour(4);
  await hour(5);
  expect(packs).toBe(2);
  await stop();
});
