import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportTask } from '../../../src/adapters/recording/export-task.ts';
import { dropOldParts, listParts } from '../../../src/adapters/recording/part-files.ts';
import { type RecordedEvent, readCast } from '../../../src/adapters/recording/read-cast.ts';
import { Recorder } from '../../../src/adapters/recording/recorder.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId, TaskId } from '../../../src/core/ids.ts';
import { recordedPartBytesMax } from '../../../src/core/limits.ts';

let folder = '';
let now = 1_700_000_000_000;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'belfry-rec-')), 'recordings');
  now = 1_700_000_000_000;
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const eng = 'eng-1' as AgentId;
const task = 'T-12' as TaskId;
const newScreen = () => new XtermScreen(40, 6, { onChange: () => {}, onReply: () => {} });

/** A terminal that is recorded: what is printed reaches screen and tap as in a real one. */
function recorded(recorder: Recorder, screen = newScreen()) {
  const tap = recorder.tapFor(eng, screen);
  return {
    screen,
    tap,
    print(text: string) {
      screen.parse(Buffer.from(text));
      tap.output(Buffer.from(text));
    },
  };
}

/** The screen that a recording ends with. */
function played(events: readonly RecordedEvent[]): string {
  const screen = newScreen();
  for (const event of events) {
    if (event.kind === 'output') screen.parse(Buffer.from(event.text));
    if (event.kind === 'resize') screen.resize(event.cols, event.rows);
  }
  return screen.lines().join('\n').trimEnd();
}

const partsOf = async () =>
  (await listParts(folder)).map(part => ({
    ...part,
    cast: readCast(readFileSync(part.path, 'utf8')),
  }));

test('each attempt is a recording of its own that begins with what the screen showed', async () => {
  const recorder = new Recorder(folder, () => now);
  const terminal = recorded(recorder);
  terminal.print('\u001b[1;31mred\u001b[0m plain 夜\r\n› ');
  now += 5_000;
  recorder.workOn(eng, { task, attempt: 1 });
  now += 1_500;
  terminal.print('more');
  recorder.mark(eng, 'T-12/1 gate red');
  terminal.tap.resized(50, 8);
  now += 10;
  recorder.workOn(eng, { task, attempt: 2 });
  await recorder.flush();

  const parts = await partsOf();
  expect(parts.map(({ work }) => work)).toEqual([null, { task, attempt: 1 }, { task, attempt: 2 }]);
  const [, first, second] = parts;
  expect(first?.cast).toMatchObject({ cols: 40, rows: 6, startedAt: 1_700_000_005 });
  expect(first?.cast.events.filter(one => one.kind === 'mark').map(one => one.label)).toEqual([
    'T-12/1 starts',
    'T-12/1 gate red',
  ]);
  expect(first?.cast.events.at(-1)).toEqual({ kind: 'resize', at: 1.5, cols: 50, rows: 8 });
  expect(played(first?.cast.events ?? [])).toBe('red plain 夜\n› more');
  expect(played(second?.cast.events ?? [])).toBe('red plain 夜\n› more');
  expect(JSON.stringify(second?.cast.events)).toContain('0;1;38;5;1m');
  for (const { path } of parts) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, eng)).mode & 0o777).toBe(0o700);
});

test('characters that are cut between two chunks come out whole, and small chunks become one event', async () => {
  const recorder = new Recorder(folder, () => now);
  const { tap } = recorded(recorder);
  const bytes = Buffer.from('“夜”');
  for (const byte of bytes) tap.output(Uint8Array.of(byte));
  await recorder.flush();
  const [part] = await partsOf();
  const outputs = part?.cast.events.filter(one => one.kind === 'output') ?? [];
  expect(outputs).toHaveLength(1);
  expect(outputs[0]?.text).toContain('“夜”');
});

test('a flood costs at most the bound, waits for nobody, and says where it was cut', async () => {
  const recorder = new Recorder(folder, () => now);
  recorder.workOn(eng, { task, attempt: 1 });
  const { tap } = recorded(recorder);
  const chunk = Buffer.from('x'.repeat(8_192));
  // Nothing is written meanwhile, as on a disk that does not answer.
  for (let count = 0; count < 2_000; count += 1) tap.output(chunk);
  await recorder.flush();
  for (let round = 0; round < 12; round += 1) {
    for (let count = 0; count < 100; count += 1) tap.output(chunk);
    now += 100;
    await recorder.flush();
  }
  const [part] = await partsOf();
  const labels = part?.cast.events.filter(one => one.kind === 'mark').map(one => one.label);
  expect(labels).toEqual([
    'T-12/1 starts',
    'some output is left out: the disk is slow',
    'the recording of this attempt is full',
  ]);
  expect(statSync(part?.path ?? '').size).toBeLessThan(recordedPartBytesMax * 1.05);
  recorder.workOn(eng, { task, attempt: 2 });
  tap.output(Buffer.from('again'));
  await recorder.flush();
  expect(played((await partsOf()).at(-1)?.cast.events ?? [])).toContain('again');
});

test('a folder that cannot be written costs the recording and nothing else', async () => {
  writeFileSync(folder, 'in the way');
  const recorder = new Recorder(folder, () => now);
  recorded(recorder).print('hello');
  await expect(recorder.flush()).resolves.toBeUndefined();
  await expect(recorder.close()).resolves.toBeUndefined();
});

test('what an ended terminal still says is not recorded under the new one', async () => {
  const recorder = new Recorder(folder, () => now);
  const before = recorded(recorder);
  now += 1;
  const after = recorded(recorder);
  before.print('late');
  after.print('new');
  await recorder.close();
  expect(played((await partsOf()).at(-1)?.cast.events ?? [])).toBe('new');
});

describe('export', () => {
  test('puts all attempts of a task together, with waits shortened and the sizes of each', async () => {
    const recorder = new Recorder(folder, () => now);
    const terminal = recorded(recorder);
    for (const attempt of [1, 2]) {
      recorder.workOn(eng, { task, attempt });
      terminal.print(`try ${attempt} `);
      now += 3_600_000;
      terminal.print('late ');
      recorder.workOn(eng, null);
    }
    await recorder.close();
    const exported = await exportTask(folder, task);
    expect(exported).toMatchObject({ attempts: 2, agents: ['eng-1'], seconds: 8 });
    const { events } = readCast(exported?.cast ?? '');
    expect(played(events)).toBe('try 1 late try 2 late');
    const marks = events.filter(one => one.kind === 'mark').map(({ label }) => label);
    expect(marks).toEqual(['T-12/1 eng-1', 'T-12/1 starts', 'T-12/2 eng-1', 'T-12/2 starts']);
    const times = events.map(one => one.at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('of a task that nobody worked on is nothing, and a torn part is no reason to fail', async () => {
    expect(await exportTask(folder, task)).toBeNull();
    mkdirSync(join(folder, eng), { recursive: true });
    writeFileSync(join(folder, eng, '5.T-12.1.cast'), '{"version":2,');
    expect(await exportTask(folder, task)).toBeNull();
  });
});

test('the oldest parts go first, and the newest of each agent stays', async () => {
  for (const [agent, at] of [
    ['eng-1', 1],
    ['eng-1', 2],
    ['eng-1', 3],
    ['eng-2', 1],
  ] as const) {
    mkdirSync(join(folder, agent), { recursive: true });
    writeFileSync(join(folder, agent, `${at}.cast`), 'x'.repeat(100));
  }
  await dropOldParts(folder, 250);
  expect((await listParts(folder)).map(({ agent, startedAt }) => `${agent} ${startedAt}`)).toEqual([
    'eng-2 1',
    'eng-1 2',
    'eng-1 3',
  ]);
});
