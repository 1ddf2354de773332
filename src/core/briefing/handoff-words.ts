import { matchesGlob } from '../../lib/path-glob.ts';
import { openItemsMax } from '../limits.ts';
import type { Task } from '../task.ts';
import { fileWords } from './page-words.ts';

/** What the worktree and its branch hold when a session takes over; null: nobody could look. */
export type HandoffFacts = {
  /** Changed against the trunk, by commits. */
  readonly changed: readonly string[];
  readonly uncommitted: readonly string[] | null;
};

/** What is left to do and what is not committed yet, as far as facts tell: nothing here is somebody's opinion. */
export function handoffLines(task: Task, { changed, uncommitted }: HandoffFacts): string[] {
  const touched = [...changed, ...(uncommitted ?? [])];
  const untouched = task.files.filter(one => !touched.some(path => matchesGlob(path, one)));
  const items = openItems(task.body);
  const left = [
    ...task.accept.map(command => `not seen to pass: ${command}`),
    ...untouched.map(path => `expected to change, and untouched: ${path}`),
    ...items.slice(0, openItemsMax).map(item => `not ticked: ${item}`),
    ...(items.length > openItemsMax ? [`and ${items.length - openItemsMax} more items`] : []),
  ];
  return [
    '',
    'Left, as far as is known:',
    ...(left.length === 0 ? ['  nothing but that the gate passes'] : left.map(one => `  ${one}`)),
    uncommitted === null
      ? 'Uncommitted: not known, look with `git status`'
      : `Uncommitted: ${uncommitted.length === 0 ? 'nothing' : fileWords(uncommitted)}`,
  ];
}

/** Boxes of a checklist that nobody has ticked. */
const openItems = (body: string): readonly string[] =>
  body.split('\n').flatMap(line => /^\s*[-*+] \[ \] (.*\S)/.exec(line)?.[1] ?? []);
