import { isDraft } from '../../../core/plan/draft.ts';
import type { State } from '../../../core/state.ts';
import type { Task } from '../../../core/task.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { stuckSince } from './stuck.ts';

const flags: Readonly<Record<string, (task: Task, state: State) => boolean>> = {
  stuck: (task, state) => stuckSince(task, state) !== null,
  escalated: task => task.escalation !== null,
  blocked: task => task.blocked !== null,
  review: task => task.gateStep === 'review',
  draft: isDraft,
  paused: task => task.paused,
  dropped: task => task.dropped !== null,
  retried: task => task.retries > 0,
};

/** What can be looked for with `!`. */
const flagNames: readonly string[] = Object.keys(flags);

/**
 * Whether a task is what the person looks for: every word must fit. `@eng-1` is whoever has it, `!stuck` a
 * flag, `#ui` a label, each by its beginning; any other word is looked for in id and title, also with
 * letters left out.
 */
export function taskFilter(text: string): (task: Task, state: State) => boolean {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return (task, state) => words.every(word => isFit(word, task, state));
}

function isFit(word: string, task: Task, state: State): boolean {
  const name = word.slice(1);
  switch (word[0]) {
    case '@':
      return task.assignee?.toLowerCase().startsWith(name) ?? false;
    case '!':
      return flagNames.some(flag => flag.startsWith(name) && flags[flag]?.(task, state));
    case '#':
      return task.tags.some(tag => tag.toLowerCase().startsWith(name));
    default:
      return [task.id, cleanText(task.title)].some(hay => isFuzzy(hay.toLowerCase(), word));
  }
}

/** Letters may be left out, but not strewn: they lie within three times the length of what was typed. */
function isFuzzy(hay: string, word: string): boolean {
  for (let start = hay.indexOf(word[0] ?? ''); start >= 0; ) {
    const end = endOfMatch(hay, word, start);
    if (end === null) return false;
    if (end - start <= word.length * 3) return true;
    start = hay.indexOf(word[0] ?? '', start + 1);
  }
  return false;
}

/** Where the letters of the word, one after the other, come to an end; null where they do not. */
function endOfMatch(hay: string, word: string, start: number): number | null {
  let at = start;
  for (const letter of word) {
    const found = hay.indexOf(letter, at);
    if (found < 0) return null;
    at = found + letter.length;
  }
  return at;
}
