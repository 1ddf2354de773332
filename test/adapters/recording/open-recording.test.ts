import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecording } from '../../../src/adapters/recording/open-recording.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import { busyState, MemoryTeamStore } from '../../support/memory-team-store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-recording-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const eng = 'eng-1' as AgentId;

/** A run in which eng-1 prints one row. */
async function run(isRecording: boolean) {
  const recording = openRecording(folder, isRecording);
  const screen = new XtermScreen(30, 4, { onChange: () => {}, onReply: () => {} });
  const tap = recording.tapFor(eng, screen);
  const stop = recording.follow(new MemoryTeamStore(busyState()));
  tap?.output(Buffer.from('a secret of the house'));
  await stop();
  return recording;
}

test('switched off, nothing that a terminal shows is written', async () => {
  const { replays } = await run(false);
  expect(readdirSync(folder)).toEqual([]);
  expect(replays.isRecording).toBe(false);
  expect(await replays.replayOf(eng)).toBeNull();
});

test('what was recorded before is played back all the same', async () => {
  expect((await run(true)).replays.isRecording).toBe(true);
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(0);
  const { replays } = await run(false);
  expect(readdirSync(folder)).toEqual(files);
  const replay = await replays.replayOf(eng);
  expect(replay?.marks.length).toBeGreaterThan(0);
  replay?.close();
});
