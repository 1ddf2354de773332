import { expect, test } from 'vitest';
import type { AgentId } from '../../src/core/ids.ts';
import type { Replay, Replays } from '../../src/ports/records/replays.ts';

export type RecordedReplays = {
  readonly replays: Replays;
  /** Recorded for more than four seconds, with at least two marks. */
  readonly recorded: AgentId;
  readonly neverRecorded: AgentId;
};

export function testReplays(name: string, create: () => Promise<RecordedReplays>): void {
  const open = async (): Promise<Replay> => {
    const { replays, recorded } = await create();
    const replay = await replays.replayOf(recorded);
    if (replay === null) throw new Error('nothing was recorded');
    return replay;
  };

  test(`${name}: an agent that was never recorded has no replay`, async () => {
    const { replays, neverRecorded } = await create();
    expect(await replays.replayOf(neverRecorded)).toBeNull();
  });

  test(`${name}: marks and times go forwards, from the beginning to the end`, async () => {
    const replay = await open();
    const { marks, seconds } = replay;
    const places = marks.map(({ at }) => at);
    expect(places.length).toBeGreaterThan(1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places.every(at => at >= 0 && at <= seconds)).toBe(true);
    const times = [0, 1, 2, seconds].map(at => replay.timeAt(at));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test(`${name}: any place can be gone to, and whoever watches is told`, async () => {
    const replay = await open();
    let told = 0;
    const stop = replay.view.onChange(() => {
      told += 1;
    });
    const shown: string[] = [];
    for (const at of [1.5, 3.5, 1.5]) {
      await replay.seek(at);
      shown.push(replay.view.screen.lines().join('\n'));
    }
    expect(told).toBeGreaterThanOrEqual(3);
    expect(shown[1]).not.toBe(shown[0]);
    expect(shown[2]).toBe(shown[0]);
    for (const at of [-5, replay.seconds + 1_000]) await replay.seek(at);
    stop();
    told = 0;
    await replay.seek(2.5);
    expect(told).toBe(0);
  });

  test(`${name}: a closed replay tells nobody any more`, async () => {
    const replay = await open();
    let told = 0;
    replay.view.onChange(() => {
      told += 1;
    });
    await replay.seek(1.5);
    expect(told).toBeGreaterThan(0);
    replay.close();
    told = 0;
    await replay.seek(3.5);
    expect(told).toBe(0);
  });
}
