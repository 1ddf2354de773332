import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskId } from '../../core/ids.ts';
import type { Column, Priority, TaskContent } from '../../core/task.ts';
import { BoardError, type BoardFiles, type BoardReading } from '../../ports/board-files.ts';
import { BoardRecord } from './board-record.ts';
import { createTaskFile, numbersOf } from './create-task-file.ts';
import { editPriority, editStatus } from './edit-front-matter.ts';
import { parseTaskFile } from './parse-task-file.ts';
import { readTaskText } from './read-task-text.ts';
import { emptySnapshot, keepHalfSaved, type Snapshot, snapshotOf } from './reading.ts';
import { replaceText } from './replace-text.ts';
import { FolderScanner, refuseLinks } from './scan-folder.ts';
import { taskIdOfFileName } from './task-words.ts';
import { watchFolder } from './watch-folder.ts';

export type BoardFolder = {
  /** `.belfry/tasks` of the person's repository. It need not exist. */
  readonly folder: string;
  /** Where the last known statuses are kept over restarts; null keeps them in memory only. */
  readonly record: string | null;
  /** Highest task number ever given, as far as the caller knows: ids are never given again. */
  readonly floor?: number;
  /** The status of files made by `create`. */
  readonly newStatus?: Column;
  readonly scanner?: FolderScanner;
};

/** A longer file is shown as a task, but never rewritten for the sake of one word. */
const editedBytesMax = 16_000_000;
const halfSavedMs = 300;
/** A file that was written more recently may still be in the middle of being written. */
const quietMs = 50;
const writeTriesMax = 100;
/** A wish that was handed on has been decided and journalled long before this. */
const settledAfterMs = 1_000;

export function createBoardFiles(options: BoardFolder): BoardFiles {
  return new FileBoard(options);
}

class FileBoard implements BoardFiles {
  readonly #folder: string;
  readonly #floor: number;
  readonly #newStatus: Column;
  readonly #scanner: FolderScanner;
  readonly #record: BoardRecord;
  readonly #worseSince = new Map<string, number>();
  readonly #ownWrites = new Map<string, number>();
  #snapshot: Snapshot = emptySnapshot;
  /** The last reading that was handed on, without its wishes. */
  #shown = '';
  #queue: Promise<unknown>;
  #settling: NodeJS.Timeout | undefined;

  constructor({ folder, record, floor = 0, newStatus = 'backlog', scanner }: BoardFolder) {
    this.#folder = folder;
    this.#floor = floor;
    this.#newStatus = newStatus;
    this.#scanner = scanner ?? new FolderScanner(folder);
    this.#record = new BoardRecord(record);
    this.#queue = this.#record.load();
  }

  read(): Promise<BoardReading> {
    return this.#inTurn(async () => {
      this.#snapshot = snapshotOf(await this.#scanner.scan(), this.#snapshot);
      return this.#handOn(new Set());
    });
  }

  watch(listener: (reading: BoardReading) => void): () => void {
    let isStopped = false;
    let shown = this.#shown;
    const look = () =>
      this.#inTurn(async () => {
        if (isStopped) return null;
        const { kept, isSteady } = await this.#look();
        const reading = this.#handOn(kept);
        const isWished = reading.tasks.some(one => one.wish !== null);
        // What the listener throws is no fault of the folder and must not pass for one.
        if (isWished || this.#shown !== shown) queueMicrotask(() => listener(reading));
        shown = this.#shown;
        return isSteady ? null : halfSavedMs;
      });
    const stop = watchFolder(this.#folder, look);
    return () => {
      isStopped = true;
      stop();
      this.#settle();
    };
  }

  writeStatus(task: TaskId, status: Column): Promise<void> {
    return this.#inTurn(async () => {
      const patientUntil = performance.now() + halfSavedMs;
      for (let tries = 0; tries < writeTriesMax; tries += 1) {
        const answer = await this.#tryWrite(task, status);
        const isOver = this.#snapshot.tasks.has(task) ? performance.now() > patientUntil : true;
        if (answer === 'written' || (answer === 'unfit' && isOver)) return;
        await wait(answer === 'unfit' ? quietMs : answer);
      }
    });
  }

  writePriority(task: TaskId, priority: Priority): Promise<void> {
    return this.#inTurn(async () => {
      const fileName = await this.#fileOf(task);
      if (fileName === null) throw new BoardError(`${task} has no file that can be read`);
      const path = join(this.#folder, fileName);
      for (let tries = 0; tries < writeTriesMax; tries += 1) {
        const read = await readTaskText(path, editedBytesMax);
        if (read.kind !== 'text' || read.isCut) break;
        const edited = editPriority(read.text, priority);
        if (edited === null) break;
        // Nothing is written where somebody else wrote meanwhile: then the newest text is read again.
        if (
          edited === read.text ||
          (await replaceText(path, read.text, edited, read.mode)) !== null
        )
          return;
      }
      throw new BoardError(`${fileName} cannot take a priority: write it by hand`);
    });
  }

  pathOf(task: TaskId): Promise<string | null> {
    return this.#inTurn(async () => {
      const fileName = await this.#fileOf(task);
      return fileName === null ? null : join(this.#folder, fileName);
    });
  }

  create(content: TaskContent, by: string): Promise<TaskId> {
    return this.#inTurn(() =>
      createTaskFile({
        ...{ folder: this.#folder, content, by, status: this.#newStatus },
        numbers: () => this.#numbers(),
        beforeAppearing: task => this.#record.aboutToWrite(task, this.#newStatus, this.#newStatus),
      }),
    );
  }

  /** Reads, writes and creations one after the other: none sees half of another. */
  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(act);
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Looks at the folder, with patience for files that are just being saved. */
  async #look(): Promise<{ readonly kept: ReadonlySet<TaskId>; readonly isSteady: boolean }> {
    const next = await this.#scanOrKeep();
    const now = performance.now();
    const { snapshot, kept, worse } = keepHalfSaved(next, this.#snapshot, fileName => {
      const since = this.#worseSince.get(fileName) ?? now;
      this.#worseSince.set(fileName, since);
      return now - since < halfSavedMs;
    });
    const isSteady = worse.every(
      fileName => now - (this.#worseSince.get(fileName) ?? now) >= halfSavedMs,
    );
    for (const fileName of this.#worseSince.keys())
      if (isSteady || !worse.includes(fileName)) this.#worseSince.delete(fileName);
    this.#snapshot = snapshot;
    return { kept, isSteady };
  }

  /** A folder that cannot be read takes no task from the board. */
  async #scanOrKeep(): Promise<Snapshot> {
    try {
      return snapshotOf(await this.#scanner.scan(), this.#snapshot);
    } catch (error) {
      if (!(error instanceof BoardError)) throw error;
      const broken = [{ file: '.', line: null, reason: error.message }];
      return { tasks: this.#snapshot.tasks, broken };
    }
  }

  /** What was only `kept` tells nothing about what stands in the file. */
  #handOn(kept: ReadonlySet<TaskId>): BoardReading {
    const { tasks, broken } = this.#snapshot;
    const contents = Array.from(tasks.values(), ({ task, content, by }) => ({ task, content, by }));
    this.#shown = JSON.stringify([contents, broken]);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), settledAfterMs).unref();
    const wishOf = (task: TaskId) =>
      kept.has(task) ? null : this.#record.see(task, tasks.get(task)?.status ?? null);
    return { tasks: contents.map(one => ({ ...one, wish: wishOf(one.task) })), broken };
  }

  /** A record that cannot be saved costs a repeated wish after the next start, not this run. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#record.settle();
    void this.#inTurn(() => this.#record.save()).catch(() => {});
  }

  /**
   * `unfit`: there is no such file, or none in which a status can be written. A number: somebody is
   * writing; the milliseconds after which to try again.
   */
  async #tryWrite(task: TaskId, status: Column): Promise<'written' | 'unfit' | number> {
    await refuseLinks(this.#folder);
    // After a start every status is written anew: a look at the whole folder for each takes minutes on a huge board.
    const known = this.#snapshot.tasks.get(task)?.fileName;
    const answer = known === undefined ? 'unfit' : await this.#tryWriteInto(known, task, status);
    if (answer !== 'unfit') return answer;
    const fileName = await this.#fileOf(task);
    const isOther = fileName !== null && fileName !== known;
    return isOther ? this.#tryWriteInto(fileName, task, status) : 'unfit';
  }

  async #tryWriteInto(
    fileName: string,
    task: TaskId,
    status: Column,
  ): Promise<'written' | 'unfit' | number> {
    const path = join(this.#folder, fileName);
    const read = await readTaskText(path, editedBytesMax);
    if (read.kind !== 'text' || read.isCut) return 'unfit';
    const ageMs = Date.now() - read.changedAt;
    const isOwn = this.#ownWrites.get(fileName) === read.changedAt;
    if (!isOwn && ageMs >= 0 && ageMs < quietMs) return quietMs - ageMs;
    const found = parseTaskFile(fileName, read.text);
    const edited = editStatus(read.text, status);
    if (!found.ok || found.task !== task || edited === null) return 'unfit';
    if (edited !== read.text) {
      await this.#record.aboutToWrite(task, found.status, status);
      const changedAt = await replaceText(path, read.text, edited, read.mode);
      if (changedAt === null) return 0;
      this.#ownWrites.set(fileName, changedAt);
    }
    this.#record.wrote(task, status);
    return 'written';
  }

  async #fileOf(task: TaskId): Promise<string | null> {
    const { tasks } = snapshotOf(await this.#scanner.scan(), this.#snapshot);
    return tasks.get(task)?.fileName ?? null;
  }

  async #numbers(): Promise<ReadonlySet<number>> {
    const files = await this.#scanner.scan();
    const ids = files.flatMap(({ fileName, parsed }) => {
      const named = taskIdOfFileName(fileName);
      return [...(parsed.ok ? [parsed.task] : []), ...(named === null ? [] : [named])];
    });
    return new Set([this.#floor, ...numbersOf(ids), ...numbersOf(this.#record.tasks)]);
  }
}
