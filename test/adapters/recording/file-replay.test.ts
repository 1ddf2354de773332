import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReplayOf } from '../../../src/adapters/recording/file-replay.ts';
import { momentAt, playList } from '../../../src/adapters/recording/play-list.ts';
import { Recorder } from '../../../src/adapters/recording/recorder.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import type { Replay } from '../../../src/ports/records/replays.ts';

let folder = '';
let now = 0;
let recorder: Recorder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-replay-'));
  now = 1_700_000_000_000;
  recorder = new Recorder(folder, () => now);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const eng = 'eng-1' as AgentId;
const work = (attempt: number) => ({ task: 'T-1' as TaskId, attempt });

/** An agent that prints a letter a second, in two attempts with an hour between them. */
async function recordLetters(): Promise<Replay> {
  const screen = new XtermScreen(30, 4, { onChange: () => {}, onReply: () => {} });
  const tap = recorder.tapFor(eng, screen);
  const print = (text: string) => {
    screen.parse(Buffer.from(text));
    tap.output(Buffer.from(text));
  };
  recorder.workOn(eng, work(1));
  for (const letter of 'abcde') {
    print(letter);
    now += 1_000;
  }
  recorder.mark(eng, 'T-1/1 gate red');
  now += 3_600_000;
  recorder.workOn(eng, work(2));
  for (const letter of 'vwxyz') {
    print(letter);
    now += 1_000;
  }
  const replayOf = createReplayOf(folder, () => recorder.flush());
  return (await replayOf(eng)) as Replay;
}

const shown = (replay: Replay) => replay.view.screen.lines().join('').trim();

test('any moment can be gone to, forwards and backwards, and shows what was there', async () => {
  const replay = await recordLetters();
  expect(replay.marks.map(({ label }) => label)).toEqual([
    'eng-1: no task',
    'T-1/1 starts',
    'T-1/1 gate red',
    'T-1/2 starts',
  ]);
  // Five seconds, the wait of an hour as two, and five more without the last wait.
  expect(replay.seconds).toBeCloseTo(11, 1);
  for (const [at, text] of [
    [11, 'abcdevwxyz'],
    [2.5, 'abc'],
    [0, ''],
    [0.1, 'a'],
    [4.1, 'abcde'],
    [6.9, 'abcde'],
    [8.2, 'abcdevw'],
    [7.1, 'abcdev'],
    [500, 'abcdevwxyz'],
    [-3, ''],
  ] as const) {
    await replay.seek(at);
    expect(`${at} ${shown(replay)}`).toBe(`${at} ${text}`);
  }
  expect(replay.timeAt(8.1)).toBe(1_700_000_000_000 + 3_606_000);
});

test('whoever watches is told once for each place, and a newer wish takes over', async () => {
  const replay = await recordLetters();
  let told = 0;
  replay.view.onChange(() => {
    told += 1;
  });
  await Promise.all([replay.seek(11), replay.seek(1)]);
  expect(shown(replay)).toBe('ab');
  expect(told).toBeGreaterThan(0);
  replay.close();
  told = 0;
  await replay.seek(3);
  expect(told).toBe(0);
});

test('an agent that was never recorded has nothing to show', async () => {
  expect(await createReplayOf(folder, async () => {})('eng-9' as AgentId)).toBeNull();
});

test('a part that begins before the last one ended moves nothing back', () => {
  const recording = {
    ...{ cols: 80, rows: 24, command: '', startedAt: 0 },
    events: [{ kind: 'output', at: 1, text: 'x' }],
  } as const;
  const { moments, seconds } = playList([
    { startedAt: 10_000, recording },
    { startedAt: 9_000, recording },
  ]);
  expect(moments.map(({ at }) => at)).toEqual([0, 1, 1, 2]);
  expect(seconds).toBe(2);
  expect([-1, 0, 0.5, 1, 9].map(at => momentAt(moments, at))).toEqual([-1, 0, 0, 2, 3]);
});
