import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createReplayOf } from '../../../src/adapters/recording/file-replay.ts';
import { Recorder } from '../../../src/adapters/recording/recorder.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import { testReplays } from '../../contract/replays.ts';
import { memoryReplays } from '../../support/memory-replays.ts';

const recorded = 'eng-1' as AgentId;
const neverRecorded = 'architect' as AgentId;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

testReplays('in memory', async () => ({
  ...{ replays: memoryReplays().replays, recorded, neverRecorded },
}));

testReplays('of recorded files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-replay-'));
  folders.push(folder);
  let now = 1_700_000_000_000;
  const recorder = new Recorder(folder, () => now);
  const screen = new XtermScreen(30, 4, { onChange: () => {}, onReply: () => {} });
  const tap = recorder.tapFor(recorded, screen);
  recorder.workOn(recorded, { task: 'T-1' as TaskId, attempt: 1 });
  for (const letter of 'abcdef') {
    screen.parse(Buffer.from(letter));
    tap.output(Buffer.from(letter));
    now += 1_000;
  }
  const replays = { isRecording: true, replayOf: createReplayOf(folder, () => recorder.flush()) };
  return { replays, recorded, neverRecorded };
});
