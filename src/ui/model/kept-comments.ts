import type { TaskId } from '../../core/ids.ts';
import type { Drafts, FormPurpose } from './model.ts';

type Comment = Extract<FormPurpose, { kind: 'comment' }>;

export const isCommentOn = (purpose: FormPurpose, task: TaskId): purpose is Comment =>
  purpose.kind === 'comment' && purpose.task === task;

/** A comment as the engineer reads it: where, the row it is about, the words. */
export const commentText = ({ place, quote }: Comment, words: string): string =>
  `${place}:\n> ${quote}\n${words}`;

/** Comments on this task that were written and left unsent, but for the one of that title. */
export function keptComments(drafts: Drafts, task: TaskId, but: string | null): readonly string[] {
  return Object.entries(drafts).flatMap(([title, { purpose, fields }]) => {
    if (title === but || !isCommentOn(purpose, task)) return [];
    return commentText(purpose, fields[0]?.field.text.trim() ?? '');
  });
}
