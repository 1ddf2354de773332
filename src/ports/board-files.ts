import type { TaskId } from '../core/ids.ts';
import type { BoardTask } from '../core/input.ts';
import type { BrokenFile, Column, Priority, TaskContent } from '../core/task.ts';

export type BoardReading = {
  readonly tasks: readonly BoardTask[];
  readonly broken: readonly BrokenFile[];
};

/** The Markdown files in `.belfry/tasks/`. People and agents edit them at any time; nothing they wrote is lost. */
export interface BoardFiles {
  /** Reads every file. Never rejects for a broken file, only when the folder cannot be read. */
  read(): Promise<BoardReading>;
  /** Calls back with a fresh reading after files changed and 50 ms passed quietly. Returns what stops it. */
  watch(listener: (reading: BoardReading) => void): () => void;
  /** Writes `status`, and nothing else, into the newest text of the file. A vanished file is left vanished. */
  writeStatus(task: TaskId, status: Column): Promise<void>;
  /** Writes `priority` in the same manner. Rejects with `BoardError` when no file of the task can take it. */
  writePriority(task: TaskId, priority: Priority): Promise<void>;
  /** Absolute path of the task's file; null when it has none. */
  pathOf(task: TaskId): Promise<string | null>;
  /** Creates the file of a new task under the next free id. Rejects with `BoardError` when the content is refused. */
  create(content: TaskContent, by: string): Promise<TaskId>;
}

export class BoardError extends Error {
  override readonly name = 'BoardError';
}
