import { refusal } from '../../core/decide/refusals.ts';
import type { TaskId } from '../../core/ids.ts';
import { draftOf } from '../../core/plan/draft.ts';
import type { Intent } from '../model/model.ts';
import { fieldOf } from '../model/text-field.ts';
import { plural } from '../present/age.ts';
import { rowsOfPlan } from '../present/views/plan-view.ts';
import { acceptIntent, acceptQuestion } from './accept-options.ts';
import { type Action, change, openForm, type Situation } from './action.ts';
import { freshMark } from './team-actions.ts';

const noDraft = 'no plan waits for you';
const notMarked = 'the plan is not what is marked: look at it first';

const draftIds = ({ state }: Situation): readonly TaskId[] =>
  draftOf(state).map(({ task }) => task.id);
const chosenIds = (situation: Situation): readonly TaskId[] =>
  draftIds(situation).filter(id => !situation.ui.excluded.includes(id));

/** Whether the plan itself is what the person has in front of them. */
const isRead = ({ ui }: Situation): boolean => ui.focus === 'detail' && ui.view === 'plan';

/** The task of the selected row of the plan. */
function taskAt(situation: Situation): TaskId | null {
  const { ui, state, columns } = situation;
  if (!isRead(situation)) return null;
  const rows = rowsOfPlan({ state, excluded: ui.excluded, width: columns });
  return rows[Math.min(ui.scroll, rows.length - 1)]?.task ?? null;
}

/** The plan with its first task selected: what is above it is there to be read. */
export function showPlan({ state, ui, columns }: Situation): Intent[] {
  const rows = rowsOfPlan({ state, excluded: ui.excluded, width: columns });
  const first = rows.findIndex(({ task }) => task !== null);
  return [
    change({ type: 'view', view: 'plan' }),
    change({ type: 'focus', panel: 'detail' }),
    ...(first > 0 ? [change({ type: 'scrollTo', row: first })] : []),
  ];
}

export const planActions = {
  'view.plan': {
    title: 'show the plan that waits for you: what depends on what, what the lint says',
    unavailable: situation => (draftIds(situation).length > 0 ? null : noDraft),
    run: showPlan,
  },
  'plan.toggle': {
    title: 'leave the task out of what is accepted, or take it in again',
    unavailable: situation => {
      if (draftIds(situation).length === 0) return noDraft;
      return taskAt(situation) === null ? 'no task of a plan is selected: V shows it' : null;
    },
    run: situation => {
      const task = taskAt(situation);
      if (task === null) return [];
      const { state, ui, columns } = situation;
      const isExcluded = !ui.excluded.includes(task);
      const rest = ui.excluded.filter(id => id !== task);
      const excluded = isExcluded ? [...rest, task] : rest;
      // Rows about who would wait come and go above it: the task stays the selected one.
      const row = rowsOfPlan({ state, excluded, width: columns }).findIndex(
        one => one.task === task,
      );
      return [
        change({ type: 'exclude', task, isExcluded }),
        ...(row < 0 ? [] : [change({ type: 'scrollTo', row })]),
      ];
    },
  },
  'plan.accept': {
    title: 'accept the plan, but for what was left out',
    unavailable: situation => {
      if (draftIds(situation).length === 0) return noDraft;
      const isMarked = situation.markedNeed?.kind === 'plan';
      if (isMarked && situation.isMarkFresh && !isRead(situation)) return freshMark;
      if (!isMarked && /team|board/.test(situation.ui.focus)) return notMarked;
      return refusal(situation.state, { type: 'plan.accept', tasks: chosenIds(situation) });
    },
    run: situation => {
      const tasks = chosenIds(situation);
      const question = acceptQuestion(situation.state, tasks);
      return question === null
        ? [acceptIntent(situation.state, tasks)]
        : [change({ type: 'open', overlay: question })];
    },
  },
  'plan.sendBack': {
    title: 'send the plan back to the architect with a note',
    unavailable: situation => (draftIds(situation).length > 0 ? null : noDraft),
    run: situation => {
      const tasks = draftIds(situation);
      const hint = 'what is to be different; its tasks are taken from the board';
      return [
        openForm(`Send ${plural(tasks.length, 'task')} back`, { kind: 'replan', tasks }, [
          { id: 'text', label: 'Note', hint, field: fieldOf('', true) },
        ]),
      ];
    },
  },
} as const satisfies Record<string, Action>;
