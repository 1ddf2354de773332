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
    isSettled: (task: TaskId) => settled.has(task),
  });
  await vi.waitFor(() => expect(existsSync(join(state.hub, 'packed-refs'))).toBe(true), 10_000);
  expect(existsSync(log('T-1-1-1.log'))).toBe(true);
  expect(existsSync(draft)).toBe(false);
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
