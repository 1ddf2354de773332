import type { TaskId } from '../../core/ids.ts';
import { draftOf } from '../../core/plan/draft.ts';
import { type LeftOut, leftOutOf } from '../../core/plan/left-out.ts';
import type { State } from '../../core/state.ts';
import type { Intent, Option, Overlay } from '../model/model.ts';
import { fieldOf } from '../model/text-field.ts';
import { plural } from '../present/age.ts';
import { namedTasks } from '../present/plan/named-tasks.ts';
import { change } from './action.ts';

const idsOf = (state: State): readonly TaskId[] => draftOf(state).map(({ task }) => task.id);

/** Accepts some of a draft, and says what becomes of the rest. */
export function acceptIntent(state: State, tasks: readonly TaskId[]): Intent {
  const rest = idsOf(state).length - tasks.length;
  const left = rest === 0 ? '' : `, ${rest} ${rest === 1 ? 'stays' : 'stay'} in the draft`;
  const done = `${plural(tasks.length, 'task')} accepted${left}`;
  return { kind: 'command', command: { type: 'plan.accept', tasks }, done };
}

/** What to do about tasks that would wait for others that are left out; null when none would. */
export function acceptQuestion(state: State, tasks: readonly TaskId[]): Overlay | null {
  const leftOut = leftOutOf(state, tasks);
  if (leftOut.needed.length === 0) return null;
  const who = namedTasks([...leftOut.waiting.keys()]);
  const verb = leftOut.waiting.size === 1 ? 'waits' : 'wait';
  const are = leftOut.needed.length === 1 ? 'is' : 'are';
  const title = `${who} ${verb} for ${namedTasks(leftOut.needed)}, which ${are} left out`;
  const options = optionsOf(state, tasks, leftOut);
  return { kind: 'pick', title, query: fieldOf(''), index: 0, options };
}

function optionsOf(
  state: State,
  tasks: readonly TaskId[],
  { waiting, needed }: LeftOut,
): readonly Option[] {
  const waitingIds = [...waiting.keys()];
  const them = waitingIds.length === 1 ? 'it' : 'them';
  const needs = namedTasks(needed);
  const have = needed.length === 1 ? 'has' : 'have';
  const more = idsOf(state).filter(id => tasks.includes(id) || needed.includes(id));
  const fewer = tasks.filter(id => !waiting.has(id));
  return [
    {
      label: `accept ${needs} as well`,
      note: `${plural(more.length, 'task')} in all`,
      reason: null,
      group: null,
      intents: [...marks(needed, false), acceptIntent(state, more)],
    },
    {
      label: `leave ${them} out too`,
      note: fewer.length === 0 ? '' : `${plural(fewer.length, 'task')} accepted`,
      reason: fewer.length === 0 ? 'nothing would be left to accept' : null,
      group: null,
      intents: [...marks(waitingIds, true), acceptIntent(state, fewer)],
    },
    {
      label: `accept ${them} all the same`,
      note: `nobody begins ${them} before ${needs} ${have} landed`,
      reason: null,
      group: null,
      intents: [acceptIntent(state, tasks)],
    },
  ];
}

const marks = (tasks: readonly TaskId[], isExcluded: boolean): readonly Intent[] =>
  tasks.map(task => change({ type: 'exclude', task, isExcluded }));
