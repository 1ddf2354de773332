import { isTaskId, type TaskId } from '../../core/ids.ts';
import type { Column } from '../../core/task.ts';

/** What people write as `status`, ours first; the others are kanban-md's. Compared without case, `_` and spaces. */
const columnsByWord: ReadonlyMap<string, Column> = new Map([
  ['backlog', 'backlog'],
  ['ready', 'ready'],
  ['doing', 'doing'],
  ['gate', 'gate'],
  ['done', 'done'],
  ['todo', 'ready'],
  ['in-progress', 'doing'],
  ['review', 'gate'],
  ['archived', 'done'],
]);

export const statusWords: readonly string[] = [...columnsByWord.keys()];

export function columnOf(word: string): Column | null {
  return columnsByWord.get(word.trim().toLowerCase().replace(/[_ ]/g, '-')) ?? null;
}

/** `T-12`, `t-12`, `12` and kanban-md's `012` are one task. */
export function taskIdOf(word: string): TaskId | null {
  const digits = /^(?:T-)?0*([1-9][0-9]{0,6})$/i.exec(word.trim())?.[1];
  const id = `T-${digits}`;
  return digits !== undefined && isTaskId(id) ? id : null;
}

/** The id that a file's name suggests: `T-12-slug.md`, or kanban-md's `012-slug.md`. */
export function taskIdOfFileName(fileName: string): TaskId | null {
  const stem = /^((?:T-)?[0-9]{1,9})(?=[-_.])/i.exec(fileName)?.[1];
  return stem === undefined ? null : taskIdOf(stem);
}

const hoursPerDay = 8;

/** Minutes of `35`, `35m`, `4h`, `1.5h`, `2d` (working days); null for anything else. */
export function minutesOf(estimate: string): number | null {
  const match = /^([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(m|min|h|d)?$/.exec(estimate.trim().toLowerCase());
  if (match === null) return null;
  const factor = match[2] === 'h' ? 60 : match[2] === 'd' ? hoursPerDay * 60 : 1;
  const minutes = Math.round(Number(match[1]) * factor);
  return minutes > 0 ? minutes : null;
}
