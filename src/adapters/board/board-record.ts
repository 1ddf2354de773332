import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { isTaskId, type TaskId } from '../../core/ids.ts';
import { type Column, columns } from '../../core/task.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';

/** What Belfry knows about the status in one task file. */
type Entry = {
  /** What the file said when Belfry last read or wrote it. */
  readonly known: Column | null;
  /** What Belfry is about to write: after a crash between, the file may say it without anybody's wish. */
  readonly writing: Column | null;
  /** A wish that was in the file when Belfry wrote over it, until it is handed on. */
  readonly wish: Column | null;
};

const column = z.enum(columns).nullable();
const schema = z.object({
  version: z.literal(1),
  tasks: z.record(z.string(), z.object({ known: column, writing: column, wish: column })),
});

/**
 * The last known status of every task, so that an edit made while Belfry did not run is a wish and its
 * own old writing is not. A wish is durable here only after it was handed on and had time to be decided:
 * a crash between repeats it, and a repeated wish does no harm, but a lost one would.
 */
export class BoardRecord {
  readonly #path: string | null;
  readonly #entries = new Map<TaskId, Entry>();
  /** What a crash must still find: entries of before wishes that may not be decided yet. */
  readonly #undecided = new Map<TaskId, Entry | undefined>();
  #saved = '';

  /** Without a path it remembers nothing beyond its own life. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /** A record that is missing or damaged knows nothing: then every status in a file counts as a wish. */
  async load(): Promise<void> {
    if (this.#path === null) return;
    try {
      const { tasks } = schema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
      for (const [task, entry] of Object.entries(tasks))
        if (isTaskId(task)) this.#entries.set(task, entry);
    } catch {}
  }

  get tasks(): Iterable<TaskId> {
    return this.#entries.keys();
  }

  /** Takes note of what the file says, and answers with what somebody wishes by it. */
  see(task: TaskId, status: Column | null): Column | null {
    const before = this.#entries.get(task);
    const isOurs = before !== undefined && (status === before.known || status === before.writing);
    const wish = isOurs ? before.wish : status;
    if (before?.known === status && before.writing === null && before.wish === null) return wish;
    if (!this.#undecided.has(task)) this.#undecided.set(task, before);
    this.#entries.set(task, { known: status, writing: null, wish: null });
    return wish;
  }

  /** To be called and awaited before `status` is written into a file that says `found`. */
  async aboutToWrite(task: TaskId, found: Column | null, status: Column): Promise<void> {
    const before = this.#entries.get(task);
    const isOurs = before === undefined || found === before.known || found === before.writing;
    const newWish = isOurs || found === status ? null : found;
    this.#entries.set(task, {
      known: found,
      writing: status,
      wish: newWish ?? before?.wish ?? null,
    });
    // Belfry writes what was decided, so that whatever was wished before is decided, too.
    this.#undecided.delete(task);
    await this.save();
  }

  wrote(task: TaskId, status: Column): void {
    const wish = this.#entries.get(task)?.wish ?? null;
    this.#entries.set(task, { known: status, writing: null, wish });
  }

  /** What was handed on so far has been decided. */
  settle(): void {
    this.#undecided.clear();
  }

  async save(): Promise<void> {
    if (this.#path === null) return;
    const tasks = new Map<TaskId, Entry>(this.#entries);
    for (const [task, before] of this.#undecided) {
      if (before === undefined) tasks.delete(task);
      else tasks.set(task, before);
    }
    const text = `${JSON.stringify({ version: 1, tasks: Object.fromEntries(tasks) })}\n`;
    if (text === this.#saved) return;
    await writeFileAtomically(this.#path, text);
    this.#saved = text;
  }
}
