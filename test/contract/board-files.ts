import { afterEach, describe, expect, it } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { BoardError, type BoardFiles, type BoardReading } from '../../src/ports/board-files.ts';
import { plainContent } from './plain-content.ts';

/** A board, and what a person does beside Belfry. */
export type ContractBoard = {
  readonly files: BoardFiles;
  /** Null deletes the file. */
  edit(fileName: string, text: string | null): Promise<void>;
  text(fileName: string): Promise<string | null>;
  fileNames(): Promise<readonly string[]>;
  /** Belfry ends and starts again. */
  reopen(): Promise<BoardFiles>;
  remove(): void;
};

export const taskText = (id: string, status: string, title = 'A task'): string =>
  `---\nid: ${id}\ntitle: ${title}\nstatus: ${status}\n---\n\nText.\n`;

const wishes = (reading: BoardReading) =>
  Object.fromEntries(reading.tasks.map(one => [one.task, one.wish]));

/** Readings in order, and a way to wait for one. */
export function follow(files: BoardFiles, timeoutMs = 10_000) {
  const readings: BoardReading[] = [];
  let look = () => {};
  const stop = files.watch(reading => {
    readings.push(reading);
    look();
  });
  const until = (isTrue: (reading: BoardReading) => boolean): Promise<BoardReading> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no such reading: ${JSON.stringify(readings)}`)),
        timeoutMs,
      );
      look = () => {
        const found = readings.find(isTrue);
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      };
      look();
    });
  return { readings, stop, until };
}

/** What every implementation of the port `BoardFiles` has to do. */
export function describeBoardFiles(name: string, createBoard: () => Promise<ContractBoard>): void {
  describe(`${name} keeps the contract of board files`, () => {
    let board: ContractBoard;
    const stops: (() => void)[] = [];
    const open = async () => {
      board = await createBoard();
      return board;
    };
    afterEach(() => {
      for (const stop of stops.splice(0)) stop();
      board.remove();
    });

    it('an empty board has neither tasks nor broken files', async () => {
      const { files } = await open();
      expect(await files.read()).toEqual({ tasks: [], broken: [] });
    });

    it('a created task is read back as it was given, and is nobody’s wish', async () => {
      const { files } = await open();
      const task = await files.create(plainContent, 'architect');
      expect(task).toBe('T-1');
      expect(await files.read()).toEqual({
        tasks: [{ task, content: plainContent, by: 'architect', wish: null }],
        broken: [],
      });
    });

    it('numbers are not given again, also not those of files that are gone', async () => {
      const { files, edit, fileNames } = await open();
      await edit('T-7.md', taskText('T-7', 'ready'));
      expect(await files.create(plainContent, 'person')).toBe('T-8');
      for (const fileName of await fileNames()) await edit(fileName, null);
      expect(await files.create(plainContent, 'person')).toBe('T-9');
    });

    it('tasks created at once all get numbers of their own', async () => {
      const { files } = await open();
      const created = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          files.create({ ...plainContent, title: `n${n}` }, 'person'),
        ),
      );
      expect(new Set(created).size).toBe(8);
      expect((await files.read()).tasks).toHaveLength(8);
    });

    it('a priority is written into the file and changes nothing else in it', async () => {
      const { files, edit, text, fileNames } = await open();
      const own = taskText('T-4', 'ready').replace('status:', 'priority: low # mine\nstatus:');
      await edit('T-4-x.md', own);
      await files.writePriority('T-4' as TaskId, 'high');
      const [fileName = ''] = await fileNames();
      expect(await text(fileName)).toBe(own.replace('low', 'high'));
      expect((await files.read()).tasks[0]?.content.priority).toBe('high');
      await expect(files.writePriority('T-5' as TaskId, 'high')).rejects.toThrow(BoardError);
      expect(await files.pathOf('T-4' as TaskId)).toContain('T-4-x.md');
      expect(await files.pathOf('T-5' as TaskId)).toBeNull();
    });

    it('a task without a title, or with an endless one, is refused', async () => {
      const { files } = await open();
      for (const title of ['', ' ', 'x'.repeat(201)])
        await expect(files.create({ ...plainContent, title }, 'person')).rejects.toThrow(
          BoardError,
        );
      expect((await files.read()).tasks).toEqual([]);
    });

    it('the status of a file that was never seen is a wish, once', async () => {
      const { files, edit } = await open();
      await edit('T-3-x.md', taskText('T-3', 'todo'));
      expect(wishes(await files.read())).toEqual({ 'T-3': 'ready' });
      expect(wishes(await files.read())).toEqual({ 'T-3': null });
    });

    it('what Belfry writes is no wish, what a person writes after it is one', async () => {
      const { files, edit, text } = await open();
      await edit('T-3.md', taskText('T-3', 'ready'));
      await files.read();
      await files.writeStatus('T-3' as TaskId, 'doing');
      expect(await text('T-3.md')).toBe(taskText('T-3', 'doing'));
      expect(wishes(await files.read())).toEqual({ 'T-3': null });
      await edit('T-3.md', taskText('T-3', 'backlog'));
      expect(wishes(await files.read())).toEqual({ 'T-3': 'backlog' });
    });

    it('a wish that nobody had read when Belfry wrote over it is told all the same', async () => {
      const { files, edit, text } = await open();
      await edit('T-3.md', taskText('T-3', 'ready'));
      await files.read();
      await edit('T-3.md', taskText('T-3', 'done'));
      await files.writeStatus('T-3' as TaskId, 'doing');
      expect(await text('T-3.md')).toBe(taskText('T-3', 'doing'));
      expect(wishes(await files.read())).toEqual({ 'T-3': 'done' });
      expect(wishes(await files.read())).toEqual({ 'T-3': null });
    });

    it('a word of kanban-md that means the column already is left alone', async () => {
      const { files, edit, text } = await open();
      await edit('12-x.md', taskText('12', 'in-progress'));
      await files.read();
      await files.writeStatus('T-12' as TaskId, 'doing');
      expect(await text('12-x.md')).toBe(taskText('12', 'in-progress'));
    });

    it('a vanished file is left vanished', async () => {
      const { files, edit, fileNames } = await open();
      await edit('T-3.md', taskText('T-3', 'ready'));
      await files.read();
      await edit('T-3.md', null);
      await files.writeStatus('T-3' as TaskId, 'doing');
      await files.writeStatus('T-99' as TaskId, 'doing');
      expect(await fileNames()).toEqual([]);
    });

    it('a broken file is named with its line and stops no other', async () => {
      const { files, edit, text } = await open();
      const broken = taskText('T-4', 'dooing');
      await edit('T-3.md', taskText('T-3', 'ready'));
      await edit('T-4.md', broken);
      const reading = await files.read();
      expect(reading.tasks.map(one => one.task)).toEqual(['T-3']);
      expect(reading.broken).toEqual([
        { file: 'T-4.md', line: 4, reason: expect.stringContaining('Did you mean “doing”?') },
      ]);
      await files.writeStatus('T-4' as TaskId, 'done');
      expect(await text('T-4.md')).toBe(broken);
    });

    it('of two files with one id the first keeps it, the other is told', async () => {
      const { files, edit } = await open();
      await edit('T-5-b.md', taskText('T-5', 'ready', 'the first'));
      await files.read();
      await edit('T-5-a.md', taskText('T-5', 'ready', 'a copy'));
      const reading = await files.read();
      expect(reading.tasks.map(one => one.content.title)).toEqual(['the first']);
      expect(reading.broken).toHaveLength(1);
      expect(reading.broken[0]).toMatchObject({ file: 'T-5-a.md' });
      expect(reading.broken[0]?.reason).toContain('T-5-b.md');
    });

    it('edits made while Belfry did not run are wishes; its own last writing is not', async () => {
      const { files, edit, reopen } = await open();
      await edit('T-3.md', taskText('T-3', 'ready'));
      await edit('T-4.md', taskText('T-4', 'ready'));
      await files.read();
      await files.writeStatus('T-3' as TaskId, 'doing');
      await files.writeStatus('T-4' as TaskId, 'gate');
      await edit('T-4.md', taskText('T-4', 'backlog'));
      expect(wishes(await (await reopen()).read())).toEqual({ 'T-3': null, 'T-4': 'backlog' });
    });

    it('a watcher hears of wishes, new, broken and vanished files', async () => {
      const { files, edit } = await open();
      await edit('T-3.md', taskText('T-3', 'ready'));
      await files.read();
      const { stop, until } = follow(files);
      stops.push(stop);
      await edit('T-3.md', taskText('T-3', 'backlog'));
      await until(reading => wishes(reading)['T-3'] === 'backlog');
      await edit('T-4.md', taskText('T-4', 'ready'));
      await until(reading => reading.tasks.length === 2);
      await edit('T-4.md', 'no front matter');
      await until(reading => reading.broken.length === 1 && reading.tasks.length === 1);
      await edit('T-4.md', null);
      await edit('T-3.md', null);
      await until(reading => reading.broken.length + reading.tasks.length === 0);
    });

    it('a watcher that stopped hears nothing', async () => {
      const { files, edit } = await open();
      const { stop, readings } = follow(files);
      stop();
      const other = follow(files);
      stops.push(other.stop);
      await edit('T-4.md', taskText('T-4', 'ready'));
      await other.until(reading => reading.tasks.length === 1);
      expect(readings).toEqual([]);
    });
  });
}
