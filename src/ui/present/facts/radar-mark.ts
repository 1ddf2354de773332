import type { TaskId } from '../../../core/ids.ts';
import type { BranchPair } from '../../../core/radar.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { type Line, type Span, span } from '../line.ts';

/** A branch that meets another as both are at this moment; `other` is null for the trunk. */
export type Meeting = {
  readonly other: TaskId | null;
  readonly state: 'near' | 'conflict';
  readonly files: readonly string[];
};

/** Every branch that this task's branch meets, those that cannot be merged first. */
export function meetingsOf(task: TaskId, pairs: readonly BranchPair[]): readonly Meeting[] {
  const meetings = pairs.flatMap((pair): Meeting[] => {
    if (pair.state === 'clear' || (pair.one !== task && pair.other !== task)) return [];
    const other = pair.one === task ? pair.other : pair.one;
    return [{ other, state: pair.state, files: pair.files }];
  });
  return meetings.sort((a, b) => Number(b.state === 'conflict') - Number(a.state === 'conflict'));
}

const sign = '⇄';

/** On a card: with whom the branch is in conflict. Branches that merge are nobody's concern there. */
export function radarMark(task: TaskId, pairs: readonly BranchPair[]): Span | null {
  const [first, ...more] = meetingsOf(task, pairs).filter(one => one.state === 'conflict');
  if (!first) return null;
  return span(`${sign}${first.other ?? 'trunk'}${more.length > 0 ? `+${more.length}` : ''}`, 'bad');
}

/** The mark without the name, where there is no room for one. */
export const shortMark = (mark: Span): Span => ({ ...mark, text: sign });

/** In full, for whoever opened the task. */
export function meetingLine({ other, state, files }: Meeting): Line {
  const name = other ?? 'the trunk';
  const [word, tone] =
    state === 'conflict'
      ? ([`${sign} in conflict with ${name}`, 'bad'] as const)
      : ([`merges with ${name}, near it`, 'quiet'] as const);
  return [span(word, tone), span(` in ${files.map(cleanText).join(', ')}`, 'quiet')];
}
