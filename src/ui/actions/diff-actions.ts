import { refusal } from '../../core/decide/refusals.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { DiffRow } from '../diff/diff-rows.ts';
import { keptComments } from '../model/kept-comments.ts';
import { fieldOf } from '../model/text-field.ts';
import { plural } from '../present/age.ts';
import { rowsOfDiff } from '../present/views/diff-view.ts';
import { rowsOfThreads } from '../present/views/threads-view.ts';
import { type Action, change, openForm, type Situation } from './action.ts';
import { shownThreads } from './message-actions.ts';

const noDiff = ({ ui }: Situation): string =>
  ui.focus === 'detail' && ui.view === 'diff'
    ? 'this diff has no rows'
    : 'only in the diff: d shows it';

/** The rows of the diff that has the focus; null where another panel or view has it. */
function shownRows({ ui }: Situation): readonly DiffRow[] | null {
  if (ui.focus !== 'detail' || ui.view !== 'diff' || !ui.diff?.text) return null;
  return rowsOfDiff(ui.diff.text);
}

/** Which rows are beginnings: of files or changes in the diff, of threads in the messages; null elsewhere. */
function marksOf(situation: Situation, kind: 'file' | 'hunk'): readonly boolean[] | null {
  const { ui } = situation;
  if (ui.focus !== 'detail' || ui.view !== 'threads')
    return shownRows(situation)?.map(row => row.kind === kind) ?? null;
  return rowsOfThreads(shownThreads(situation)).map(row => row.isHead);
}

/** Goes to the next row of a kind, in either direction. */
function step(title: string, kind: 'file' | 'hunk', by: 1 | -1): Action {
  const target = (situation: Situation): number | null => {
    const marks = marksOf(situation, kind) ?? [];
    for (let at = situation.ui.scroll + by; at >= 0 && at < marks.length; at += by) {
      if (marks[at]) return at;
    }
    return null;
  };
  const isSearch = ({ ui }: Situation): boolean =>
    kind === 'hunk' && ui.focus === 'detail' && ui.view === 'terminal' && ui.search !== '';
  return {
    title,
    unavailable: situation => {
      if (isSearch(situation)) return null;
      if (!marksOf(situation, kind)) return noDiff(situation);
      const mark = kind === 'hunk' ? 'change' : kind;
      const what = situation.ui.view === 'threads' ? 'thread' : mark;
      return target(situation) === null ? `there is no ${what} on that side` : null;
    },
    run: situation => {
      if (isSearch(situation)) return [{ kind: 'search', direction: by === 1 ? 'newer' : 'older' }];
      const row = target(situation);
      return row === null ? [] : [change({ type: 'scrollTo', row })];
    },
  };
}

/** The selected row, where it is one that a comment can be about. */
function commentable(situation: Situation) {
  const row = shownRows(situation)?.[situation.ui.scroll];
  return row?.kind === 'line' ? row : null;
}

export const diffActions = {
  'hunk.next': step('next change, thread or newer match', 'hunk', 1),
  'hunk.previous': step('previous change, thread or older match', 'hunk', -1),
  'file.next': step('next file of the diff', 'file', 1),
  'file.previous': step('previous file of the diff', 'file', -1),
  'line.comment': {
    title: 'comment on a row of the diff: sends the task back, or is a message',
    unavailable: situation => {
      if (!shownRows(situation)) return noDiff(situation);
      if (!commentable(situation)) return 'select a row of code';
      return situation.agent ? null : 'nobody holds this task: a comment would reach no one';
    },
    run: situation => {
      const row = commentable(situation);
      const { agent, task } = situation;
      if (!row || !agent || !task) return [];
      const { newNumber, oldNumber, text } = row.line;
      const place = `${cleanText(row.file.path)}:${newNumber ?? `${oldNumber} (removed)`}`;
      const quote = cleanText(text);
      const isReview =
        refusal(situation.state, { type: 'task.sendBack', task: task.id, text: '' }) === null;
      const purpose = {
        kind: 'comment',
        to: agent.id,
        task: task.id,
        place,
        quote,
        isReview,
      } as const;
      const title = `Comment on ${task.id}, ${place}`;
      const kept = isReview ? keptComments(situation.ui.drafts, task.id, title).length : 0;
      const more = kept > 0 ? ` with ${plural(kept, 'kept comment')}` : '';
      const what = isReview
        ? `sends ${task.id} back to ${agent.id}${more}`
        : `a message to ${agent.id}`;
      const hint = `${what}, about: ${quote.trim()}`;
      const field = { id: 'text', label: 'Comment', hint, field: fieldOf('', true) };
      return [openForm(title, purpose, [field])];
    },
  },
} as const satisfies Record<string, Action>;
