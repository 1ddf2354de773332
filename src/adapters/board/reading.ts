import type { TaskId } from '../../core/ids.ts';
import type { BrokenFile } from '../../core/task.ts';
import type { ParsedTask } from './parse-task-file.ts';
import { type ScannedFile, taskFilesMax } from './scan-folder.ts';

export type GoodTask = Extract<ParsedTask, { ok: true }> & { readonly fileName: string };

/** The board as its files have it: one file per task. */
export type Snapshot = {
  readonly tasks: ReadonlyMap<TaskId, GoodTask>;
  readonly broken: readonly BrokenFile[];
};

export const emptySnapshot: Snapshot = { tasks: new Map(), broken: [] };

/**
 * Sorts files into tasks and broken ones. Of two files with one id the one that had it `before` keeps it,
 * so that copying a file does not take the task away from those who work on it.
 */
export function snapshotOf(files: readonly ScannedFile[], before: Snapshot): Snapshot {
  const tasks = new Map<TaskId, GoodTask>();
  const broken: BrokenFile[] = [];
  const owners = new Map<TaskId, string>();
  for (const { fileName, parsed } of files) {
    if (!parsed.ok) continue;
    const { task } = parsed;
    if (!owners.has(task) || before.tasks.get(task)?.fileName === fileName)
      owners.set(task, fileName);
  }
  for (const { fileName, parsed } of files) {
    if (!parsed.ok) {
      broken.push({ file: fileName, line: parsed.line, reason: parsed.reason });
      continue;
    }
    const owner = owners.get(parsed.task);
    if (owner === fileName) tasks.set(parsed.task, { ...parsed, fileName });
    else {
      const reason = `the id ${parsed.task} belongs to ${owner}: give ${fileName} an id of its own`;
      broken.push({ file: fileName, line: null, reason });
    }
  }
  if (files.length >= taskFilesMax)
    broken.push({
      ...{ file: '.', line: null },
      reason: `only the first ${taskFilesMax} files are read: move finished ones away`,
    });
  return { tasks, broken };
}

/**
 * A file that is missing or broken and was not a moment ago may be half saved: editors truncate, delete
 * and rename. What `isExcused` says yes to stays as it was `before`: `kept`. Names all such files: `worse`.
 */
export function keepHalfSaved(
  next: Snapshot,
  before: Snapshot,
  isExcused: (fileName: string) => boolean,
): {
  readonly snapshot: Snapshot;
  readonly kept: ReadonlySet<TaskId>;
  readonly worse: readonly string[];
} {
  const tasks = new Map(next.tasks);
  const kept = new Set<TaskId>();
  const worse: string[] = [];
  for (const [task, good] of before.tasks) {
    if (tasks.has(task)) continue;
    worse.push(good.fileName);
    if (!isExcused(good.fileName)) continue;
    tasks.set(task, good);
    kept.add(task);
  }
  const known = new Set(before.broken.map(one => one.file));
  const broken = next.broken.filter(({ file }) => {
    if (known.has(file)) return true;
    worse.push(file);
    return !isExcused(file);
  });
  return { snapshot: { tasks, broken }, kept, worse };
}
