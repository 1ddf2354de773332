import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBoardFiles } from '../../../src/adapters/board/board-files.ts';
import { FolderScanner } from '../../../src/adapters/board/scan-folder.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { type Column, columns } from '../../../src/core/task.ts';
import { BoardError, type BoardReading } from '../../../src/ports/board-files.ts';
import { follow, taskText } from '../../contract/board-files.ts';
import { plainContent } from '../../contract/plain-content.ts';
import { temporaryBoard } from './temporary-board.ts';

const t3 = 'T-3' as TaskId;
let board: ReturnType<typeof temporaryBoard>;
const stops: (() => void)[] = [];
beforeEach(() => {
  board = temporaryBoard();
  mkdirSync(board.folder, { recursive: true });
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  board.remove();
});
const at = (name: string) => join(board.folder, name);
const put = (name: string, text: string | Uint8Array) => writeFileSync(at(name), text);
const wishOf = (reading: BoardReading, task: TaskId) =>
  reading.tasks.find(one => one.task === task)?.wish;
const watch = () => {
  const followed = follow(board.files);
  stops.push(followed.stop);
  return followed;
};

describe('whatever lies in the folder', () => {
  it('is never followed, waited for or executed', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    put('outside.txt', taskText('T-4', 'ready'));
    symlinkSync(at('outside.txt'), at('T-4.md'));
    mkdirSync(at('T-5.md'));
    execFileSync('mkfifo', [at('T-6.md')]);
    put('T-7.md', Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]));
    put('.T-8.md', taskText('T-8', 'ready'));
    put('T-9 \u001b[31m\n.md', taskText('T-9', 'ready'));
    const reading = await board.files.read();
    expect(reading.tasks.map(one => one.task)).toEqual(['T-3']);
    expect(reading.broken.map(({ file, reason }) => [file, reason.split(':')[0]])).toEqual([
      ['T-4.md', 'this is a symbolic link'],
      ['T-5.md', 'this is not a file'],
      ['T-6.md', 'this is not a file'],
      ['T-7.md', 'this is not UTF-8 text'],
      [expect.stringMatching(/^T-9 [ -~]*\.md$/), 'its name holds characters that cannot be shown'],
    ]);
  });

  it('is refused as a whole when the folder is a link', async () => {
    renameSync(board.folder, `${board.folder}-real`);
    symlinkSync(`${board.folder}-real`, board.folder);
    await expect(board.files.read()).rejects.toThrow(BoardError);
    await expect(board.files.create(plainContent, 'person')).rejects.toThrow(BoardError);
    expect(readdirSync(`${board.folder}-real`)).toEqual([]);
  });

  it('a huge file is read up to the limit, and only its status is written', async () => {
    const text = taskText('T-3', 'ready') + 'ü'.repeat(900_000);
    put('T-3.md', text);
    const { tasks } = await board.files.read();
    expect(tasks[0]?.content.body).toHaveLength(16_000);
    await board.files.writeStatus(t3, 'doing');
    expect(readFileSync(at('T-3.md'), 'utf8')).toBe(text.replace('ready', 'doing'));
  });

  it('keeps its mode, and leaves no other files behind', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    chmodSync(at('T-3.md'), 0o640);
    await board.files.writeStatus(t3, 'doing');
    expect(statSync(at('T-3.md')).mode & 0o777).toBe(0o640);
    await board.files.create(plainContent, 'person');
    expect(readdirSync(board.folder)).toEqual(['T-3.md', 'T-4-mend-the-queue.md']);
  });

  it('numbers count by name, too, and a floor is kept', async () => {
    put('041-x.md', 'broken');
    expect(await board.files.create(plainContent, 'person')).toBe('T-42');
    const { folder } = board;
    const other = createBoardFiles({ folder, record: null, floor: 99, newStatus: 'ready' });
    expect(await other.create(plainContent, 'person')).toBe('T-100');
    expect(wishOf(await board.files.read(), 'T-100' as TaskId)).toBe('ready');
  });
});

describe('a file that is being saved', () => {
  it('by rename, or by deleting and creating, is always there', async () => {
    put('T-3.md', taskText('T-3', 'ready', 'v0'));
    await board.files.read();
    const { readings, until } = watch();
    for (let version = 1; version <= 6; version += 1) {
      const text = taskText('T-3', 'ready', `v${version}`);
      if (version % 2 === 0) rmSync(at('T-3.md'));
      else {
        put('draft.txt', text);
        renameSync(at('draft.txt'), at('T-3.md'));
      }
      await wait(70);
      put('T-3.md', text);
      await until(one => one.tasks[0]?.content.title === `v${version}`);
    }
    expect(readings.every(one => one.tasks.length === 1 && one.broken.length === 0)).toBe(true);
    expect(readings.every(one => wishOf(one, t3) === null)).toBe(true);
  });

  it('is not shown as broken before it stays so', async () => {
    put('T-3.md', taskText('T-3', 'ready', 'v0'));
    await board.files.read();
    const { readings, until } = watch();
    put('T-3.md', '---\nid: T-3\nti');
    await wait(120);
    put('T-3.md', taskText('T-3', 'ready', 'v1'));
    await until(one => one.tasks[0]?.content.title === 'v1');
    expect(readings.every(one => one.broken.length === 0 && one.tasks.length === 1)).toBe(true);
    put('T-4.md', '---\nid: T-4\nti');
    const begin = performance.now();
    await until(one => one.broken.length === 1);
    expect(performance.now() - begin).toBeGreaterThan(290);
  });

  it('is not written into', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    await board.files.read();
    put('T-3.md', '---\nid: T-3\nti');
    const written = board.files.writeStatus(t3, 'doing');
    await wait(30);
    put('T-3.md', taskText('T-3', 'ready', 'whole'));
    await written;
    expect(readFileSync(at('T-3.md'), 'utf8')).toBe(taskText('T-3', 'doing', 'whole'));
  });

  it('piece by piece is not written into before it is whole', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    await board.files.read();
    const file = openSync(at('T-3.md'), 'w');
    writeSync(file, taskText('T-3', 'ready', 'slow'));
    // On a busy machine the rest may come after the time for which Belfry is patient.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const written = board.files.writeStatus(t3, 'doing');
    await wait(25);
    writeSync(file, 'the rest\n');
    closeSync(file);
    await written;
    expect(readFileSync(at('T-3.md'), 'utf8')).toBe(
      `${taskText('T-3', 'doing', 'slow')}the rest\n`,
    );
  });
});

describe('wishes', () => {
  it('own writing wakes no watcher', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    await board.files.read();
    const { readings, until } = watch();
    await board.files.writeStatus(t3, 'doing');
    await board.files.writeStatus(t3, 'gate');
    put('T-4.md', taskText('T-4', 'ready'));
    await until(one => one.tasks.length === 2);
    expect(readings).toHaveLength(1);
    expect(readings.map(one => wishOf(one, t3))).toEqual([null]);
  });

  it('that Belfry writes over survive its end', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    await board.files.read();
    put('T-3.md', taskText('T-3', 'done'));
    await board.files.writeStatus(t3, 'doing');
    expect(wishOf(await (await board.reopen()).read(), t3)).toBe('done');
  });

  it('told right before a crash are told again', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    put('T-4.md', taskText('T-4', 'ready'));
    await board.files.read();
    await board.files.writeStatus(t3, 'doing');
    const again = await (await board.reopen()).read();
    expect([wishOf(again, t3), wishOf(again, 'T-4' as TaskId)]).toEqual([null, 'ready']);
  });

  it('a crash between record and file makes no wish of what was about to be written', async () => {
    const entry = { known: 'ready', writing: 'doing', wish: null };
    writeFileSync(board.record, JSON.stringify({ version: 1, tasks: { 'T-3': entry } }));
    for (const [status, wish] of [
      ['ready', null],
      ['doing', null],
      ['backlog', 'backlog'],
    ]) {
      put('T-3.md', taskText('T-3', status ?? ''));
      expect(wishOf(await (await board.reopen()).read(), t3)).toBe(wish);
    }
  });

  it('a damaged record costs no task', async () => {
    put('T-3.md', taskText('T-3', 'ready'));
    for (const damage of ['', '{', '[]', '{"version":1,"tasks":{"T-3":{"known":"odd"}}}']) {
      writeFileSync(board.record, damage);
      expect(wishOf(await (await board.reopen()).read(), t3)).toBe('ready');
    }
  });
});

describe('two who write at once lose nothing', () => {
  /** A generator of Park and Miller: the same numbers for the same seed on every machine. */
  const seeded = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
  };

  it.each([1, 2, 3, 4])('hand edits while statuses are written (seed %i)', async seed => {
    const random = seeded(seed);
    const lines = ['---', 'id: T-3', 'title: x', 'status: backlog', 'ver: 1.10', '---'];
    put('T-3.md', `${lines.join('\n')}\n`);
    await board.files.read();
    let isOver = false;
    const statuses: Column[] = [];
    const writing = (async () => {
      while (!isOver) {
        const status = columns[random(columns.length)] as Column;
        statuses.push(status);
        await board.files.writeStatus(t3, status);
      }
    })();
    for (let edit = 0; edit < 12; edit += 1) {
      await wait(random(80));
      // What an editor does: it takes the newest text and puts back a longer one.
      const text = readFileSync(at('T-3.md'), 'utf8');
      lines.push(`edit ${edit}`);
      const edited = `${text}edit ${edit}\n`;
      if (random(2) === 0) put('T-3.md', edited);
      else {
        put('draft.txt', edited);
        renameSync(at('draft.txt'), at('T-3.md'));
      }
    }
    // However slow the machine is: some writes must have met some edits.
    while (statuses.length < 6) await wait(5);
    isOver = true;
    await writing;
    const last = statuses.at(-1) ?? 'backlog';
    expect(readFileSync(at('T-3.md'), 'utf8')).toBe(
      `${lines.join('\n').replace('status: backlog', `status: ${last}`)}\n`,
    );
  });

  it('processes that create tasks at once share no number', async () => {
    const script = join(import.meta.dirname, 'create-tasks.ts');
    const run = (name: string) => {
      const args = [script, board.folder, name, '6'];
      return promisify(execFile)(process.execPath, args);
    };
    const outputs = await Promise.all(['a', 'b', 'c'].map(run));
    const ids = outputs.flatMap(({ stdout }) => stdout.trim().split('\n'));
    expect(ids).toHaveLength(18);
    expect(new Set(ids).size).toBe(18);
    expect(await board.files.read()).toMatchObject({ tasks: { length: 18 }, broken: [] });
    expect(readdirSync(board.folder)).toHaveLength(18);
  });
});

it('writes the statuses of a whole board without a look at the folder for each', async () => {
  let scans = 0;
  class CountingScanner extends FolderScanner {
    override scan() {
      scans += 1;
      return super.scan();
    }
  }
  const scanner = new CountingScanner(board.folder);
  const files = createBoardFiles({ folder: board.folder, record: null, scanner });
  const ids = Array.from({ length: 50 }, (_, index) => `T-${index + 1}` as TaskId);
  for (const id of ids) put(`${id}.md`, taskText(id, 'backlog'));
  await wait(100);
  await files.read();
  for (const id of ids) await files.writeStatus(id, 'ready');
  expect(scans).toBe(1);
  for (const id of ids) expect(readFileSync(at(`${id}.md`), 'utf8')).toContain('status: ready');
  // What was renamed meanwhile is looked for.
  renameSync(at('T-7.md'), at('T-7-with-a-name.md'));
  await files.writeStatus('T-7' as TaskId, 'done');
  expect(readFileSync(at('T-7-with-a-name.md'), 'utf8')).toContain('status: done');
});
