import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type FollowedTerminals,
  followTerminals,
} from '../../../src/adapters/recording/follow-terminals.ts';
import { Recorder } from '../../../src/adapters/recording/recorder.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';

const eng = 'eng-1' as AgentId;
let root = '';
let folder = '';
let followed: FollowedTerminals;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-follow-'));
  folder = join(root, 'recordings');
  followed = followTerminals(folder);
});
afterEach(() => {
  followed.stop();
  rmSync(root, { recursive: true, force: true });
});

const until = (what: () => void) => vi.waitFor(what, { timeout: 10_000, interval: 5 });
const shown = () => followed.terminalOf(eng)?.screen.lines().join('\n').trimEnd();

/** A terminal that is recorded, as in the process that has it. */
function recorded(cols = 40, rows = 6) {
  const screen = new XtermScreen(cols, rows, { onChange: () => {}, onReply: () => {} });
  const recorder = new Recorder(folder);
  const tap = recorder.tapFor(eng, screen);
  return {
    recorder,
    tap,
    screen,
    async print(text: string) {
      screen.parse(Buffer.from(text));
      tap.output(Buffer.from(text));
      await recorder.flush();
    },
  };
}

test('a terminal appears when something of it is recorded, and shows what its program prints', async () => {
  let times = 0;
  followed.onAppeared(() => {
    times += 1;
  });
  expect(followed.terminalOf(eng)).toBeNull();
  const { print, recorder } = recorded();
  await print('first\r\n');
  await until(() => expect(shown()).toBe('first'));
  expect(times).toBe(1);
  await print('second');
  await until(() => expect(shown()).toBe('first\nsecond'));
  expect(followed.terminalOf(eng)?.bytesReceived).toBeGreaterThan('first\r\nsecond'.length);
  await recorder.close();
});

test('it goes on over attempts and sizes as the recorded one does', async () => {
  const { print, recorder, tap, screen } = recorded();
  await print('\u001b[31mone\u001b[0m');
  await until(() => expect(shown()).toBe('one'));
  recorder.workOn(eng, { task: 'T-1' as TaskId, attempt: 1 });
  screen.resize(60, 12);
  tap.resized(60, 12);
  await print(' two');
  await until(() => expect(shown()).toBe('one two'));
  const { screen: copy } = followed.terminalOf(eng) ?? { screen: null };
  expect([copy?.cols, copy?.rows]).toEqual([60, 12]);
  expect(copy?.row(0)[0]?.style.fg).toEqual({ kind: 'indexed', index: 1 });
  await recorder.close();
});

test('whoever comes late sees the newest part alone, and nothing that is done to it reaches anybody', async () => {
  const { print, recorder } = recorded();
  await print('before');
  recorder.workOn(eng, { task: 'T-1' as TaskId, attempt: 1 });
  await print('\u001b[2J\u001b[Hafter');
  const late = followTerminals(folder);
  await until(() => expect(late.terminalOf(eng)?.screen.lines()[0]).toBe('after'));
  const terminal = late.terminalOf(eng);
  terminal?.write('x');
  terminal?.paste('x');
  terminal?.resize(10, 3);
  await terminal?.end();
  expect([terminal?.screen.cols, terminal?.wheel(1, 0, 0), terminal?.exit]).toEqual([
    ...[40, false, null],
  ]);
  late.stop();
  await recorder.close();
});

test('what is no recording, or a damaged one, breaks nothing', async () => {
  mkdirSync(join(folder, eng), { recursive: true });
  writeFileSync(join(folder, eng, 'zzz.txt'), 'not ours');
  const path = join(folder, eng, '1700000000000.cast');
  writeFileSync(path, 'no header\n[1,"o","kept"]\nno event\n[2,"x","?"]\n');
  await until(() => expect(shown()).toBe('kept'));
  appendFileSync(path, '[3,"o"," on"]\n');
  await until(() => expect(shown()).toBe('kept on'));
});

test('a size that no terminal can have neither fills the memory nor ends the page', async () => {
  mkdirSync(join(folder, eng), { recursive: true });
  const header = { version: 2, width: 1.5, height: -1 };
  const sizes = ['99999999x99999999', '0x0'].map(size => JSON.stringify([1, 'r', size]));
  const rows = [JSON.stringify(header), ...sizes, '[2,"o","kept"]', ''];
  writeFileSync(join(folder, eng, '1700000000000.cast'), rows.join('\n'));
  await until(() => expect(shown()?.replaceAll('\n', '')).toBe('kept'));
  const { screen } = followed.terminalOf(eng) ?? { screen: null };
  expect(screen?.cols).toBeGreaterThan(0);
});
