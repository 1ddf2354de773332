import { editPriority, editStatus } from '../../src/adapters/board/edit-front-matter.ts';
import { fileNameOf, newTaskText } from '../../src/adapters/board/new-task-text.ts';
import { parseTaskFile } from '../../src/adapters/board/parse-task-file.ts';
import { emptySnapshot, type Snapshot, snapshotOf } from '../../src/adapters/board/reading.ts';
import { type TaskId, taskNumber } from '../../src/core/ids.ts';
import { taskTitleCharsMax } from '../../src/core/limits.ts';
import type { Column, Priority, TaskContent } from '../../src/core/task.ts';
import { BoardError, type BoardFiles, type BoardReading } from '../../src/ports/board-files.ts';

/** Task files in a map. Watchers hear of a change before the edit that made it returns. */
export class MemoryBoardFiles implements BoardFiles {
  /** Texts by file name; to be edited through `edit`, so that watchers hear of it. */
  readonly files: Map<string, string>;
  readonly #known: Map<TaskId, Column | null>;
  /** Wishes that were written over before anybody read them. */
  readonly #overwritten = new Map<TaskId, Column | null>();
  readonly #listeners = new Set<(reading: BoardReading) => void>();
  #snapshot: Snapshot = emptySnapshot;
  #numberMax = 0;

  /** Goes on with the files and the memory of another one, as after a restart. */
  constructor(last?: MemoryBoardFiles) {
    this.files = last?.files ?? new Map();
    this.#known = last?.known ?? new Map();
  }

  get known(): Map<TaskId, Column | null> {
    return this.#known;
  }

  /** What a person does: saves a file, or deletes it. */
  edit(fileName: string, text: string | null): void {
    if (text === null) this.files.delete(fileName);
    else this.files.set(fileName, text);
    this.#tell();
  }

  async read(): Promise<BoardReading> {
    await null;
    return this.#look();
  }

  watch(listener: (reading: BoardReading) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async writeStatus(task: TaskId, status: Column): Promise<void> {
    await null;
    const found = this.#scan().tasks.get(task);
    const text = this.files.get(found?.fileName ?? '');
    const edited = text === undefined ? null : editStatus(text, status);
    if (found === undefined || edited === null) return;
    this.files.set(found.fileName, edited);
    const isWish = this.#known.has(task) && this.#known.get(task) !== found.status;
    if (isWish && found.status !== status) this.#overwritten.set(task, found.status);
    this.#known.set(task, status);
  }

  async writePriority(task: TaskId, priority: Priority): Promise<void> {
    await null;
    const found = this.#scan().tasks.get(task);
    const edited = editPriority(this.files.get(found?.fileName ?? '') ?? '', priority);
    if (found === undefined || edited === null)
      throw new BoardError(`${task} has no file that can take a priority`);
    this.edit(found.fileName, edited);
  }

  async pathOf(task: TaskId): Promise<string | null> {
    await null;
    return this.#scan().tasks.get(task)?.fileName ?? null;
  }

  async create(content: TaskContent, by: string): Promise<TaskId> {
    await null;
    if (content.title.trim() === '' || content.title.length > taskTitleCharsMax)
      throw new BoardError(`a task needs a title of at most ${taskTitleCharsMax} characters`);
    const used = [...this.#scan().tasks.keys()].map(taskNumber);
    this.#numberMax = 1 + Math.max(this.#numberMax, ...used);
    const task = `T-${this.#numberMax}` as TaskId;
    const fileName = fileNameOf(task, content.title);
    this.#known.set(task, 'backlog');
    this.edit(fileName, newTaskText(task, content, 'backlog', by, new Date(0)));
    return task;
  }

  #scan(): Snapshot {
    const files = [...this.files].map(([fileName, text]) => {
      return { fileName, parsed: parseTaskFile(fileName, text) };
    });
    this.#snapshot = snapshotOf(files, this.#snapshot);
    return this.#snapshot;
  }

  #look(): BoardReading {
    const { tasks, broken } = this.#scan();
    const read = Array.from(tasks.values(), ({ task, content, by, status }) => {
      const isOurs = this.#known.get(task) === status;
      const wish = isOurs ? (this.#overwritten.get(task) ?? null) : status;
      this.#overwritten.delete(task);
      this.#known.set(task, status);
      return { task, content, by, wish };
    });
    return { tasks: read, broken };
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const reading = this.#look();
    for (const listener of this.#listeners) listener(reading);
  }
}
