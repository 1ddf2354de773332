import {
  existsSync,
  mkdirSync,
  readdirSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startUpkeep } from '../../../src/adapters/system/upkeep.ts';
import {
  gateLogBytesMax,
  gateLogsBytesMax,
  keptFilesMs,
  upkeepEveryMs,
} from '../../../src/core/limits.ts';
import type { GateRun } from '../../../src/ports/gate.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TemporaryTeam, temporaryTeam } from '../git/temporary-team.ts';

/** A gate of which only the end of a run is seen. */
function restingGate() {
  const listeners = new Set<() => void>();
  return {
    current: null as GateRun | null,
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end(id: string, endedAt: number) {
      this.current = {
        ...{ id, command: 'npm test', startedAt: 0, endedAt, tail: [], counts: null, logFile: '' },
      };
      for (const listener of listeners) listener();
    },
  };
}
const noRules = { standingOf: () => 'open' as const, noteRemoved: async () => {} };

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
  const noted: string[] = [];
  const gate = restingGate();
  const clock = new FakeClock(Date.now() + 2 * keptFilesMs);
  const errors: string[] = [];
  const stop = startUpkeep({
    ...{ state, board: state.root, clock, onError: reason => errors.push(reason) },
    newestFact: () => clock.now(),
    gate,
    logRules: {
      standingOf: task => (settled.has(task) ? 'settled' : 'open'),
      noteRemoved: async logs => void noted.push(...logs),
    },
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
    ...{ clock, gate: restingGate(), logRules: noRules, isResumable: () => false },
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

test('gate logs are kept within their bound from run to run, not only each hour', async () => {
  team = await temporaryTeam();
  const { state } = team;
  const gate = restingGate();
  const clock = new FakeClock();
  const noted: string[] = [];
  const stop = startUpkeep({
    ...{ state, board: state.root, clock, gate, isResumable: () => false, newestFact: () => 1 },
    logRules: {
      standingOf: (_task, attempt) => (attempt === 9 ? 'open' : 'ended'),
      noteRemoved: async logs => void noted.push(...logs),
    },
    onError: expect.unreachable,
  });
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    const log = join(state.gateLogs, `T-1-${attempt}-1.log`);
    writeFileSync(log, '');
    truncateSync(log, gateLogBytesMax);
    utimesSync(log, attempt, attempt);
    gate.end(`T-1-${attempt}-1`, attempt);
    const total = () => readdirSync(state.gateLogs).length * gateLogBytesMax;
    await vi.waitFor(() => expect(total()).toBeLessThan(gateLogsBytesMax), 10_000);
  }
  await stop();
  expect(readdirSync(state.gateLogs)).toContain('T-1-9-1.log');
  expect(noted).toEqual(['T-1-1-1', 'T-1-2-1', 'T-1-3-1']);
});
