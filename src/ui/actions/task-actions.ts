import { refusal } from '../../core/decide/refusals.ts';
import type { Command } from '../../core/input.ts';
import { type Column, columns, type Priority, priorities, type Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { Field } from '../model/model.ts';
import { fieldOf } from '../model/text-field.ts';
import { canBeNoted } from '../present/needs.ts';
import { type Action, always, ask, change, openForm, refused, type Situation } from './action.ts';
import { reassignOptions } from './reassign-options.ts';
import { freshMark, teamActions } from './team-actions.ts';

const noTask = 'no task is selected: press 2 and choose one';

/** A plain command about the selected task. */
function onTask(
  title: string,
  commandOf: (task: Task) => Command,
  doneOf: (task: Task) => string,
): Action {
  return {
    title,
    unavailable: situation =>
      refused(situation, situation.task && commandOf(situation.task), noTask),
    run: ({ task }) =>
      task ? [{ kind: 'command', command: commandOf(task), done: doneOf(task) }] : [],
  };
}

function move(title: string, step: 1 | -1): Action {
  const commandOf = (task: Task): Command | null => {
    const column: Column | undefined = columns[columns.indexOf(task.column) + step];
    return column ? { type: 'task.move', task: task.id, column } : null;
  };
  return {
    title,
    unavailable: situation =>
      situation.task
        ? refused(situation, commandOf(situation.task), 'there is no column on that side')
        : noTask,
    run: ({ task }) => {
      const command = task && commandOf(task);
      if (command?.type !== 'task.move') return [];
      return [{ kind: 'command', command, done: `${command.task} moved to ${command.column}` }];
    },
  };
}

/** Written into the task's file, from where the board takes it like any edit. */
function prioritize(title: string, step: 1 | -1): Action {
  const next = (task: Task): Priority | null =>
    priorities[priorities.indexOf(task.priority) + step] ?? null;
  return {
    title,
    unavailable: ({ task }) => {
      if (!task) return noTask;
      if (task.column === 'done') return `${task.id} is done`;
      return next(task) === null ? `${task.id} is ${task.priority} already` : null;
    },
    run: ({ task }) => {
      const priority = task && next(task);
      return priority
        ? [{ kind: 'setPriority', task: task.id, priority, before: task.priority }]
        : [];
    },
  };
}

/** R means what would help at the selected place: the trunk's gate again, or the task's next attempt. */
const againCommand = ({ state, task, need }: Situation): Command | null => {
  if (need?.kind === 'trunk' || (!task && state.trunk.gate === 'red'))
    return { type: 'trunk.recheck' };
  return task ? { type: 'task.retry', task: task.id } : null;
};

const dropCommand = (task: Task): Command => ({
  type: 'task.drop',
  task: task.id,
  by: 'person',
  why: 'dropped by the person',
});

const approveCommand = (task: Task): Command => ({ type: 'task.approve', task: task.id });

/** The selected task, or the marked one where that waits and the selected one does not. */
function approvable({ task, markedNeed, state }: Situation): Task | null {
  if (task?.gateStep === 'review' || markedNeed?.kind !== 'review') return task;
  return (markedNeed.task && state.tasks[markedNeed.task]) ?? task;
}

const taskFields: readonly Field[] = [
  {
    id: 'title',
    label: 'Title',
    hint: 'one line: what is to be different afterwards',
    field: fieldOf(''),
  },
  { id: 'body', label: 'Details', hint: 'what an engineer must know', field: fieldOf('', true) },
  {
    id: 'files',
    label: 'Files',
    hint: 'paths it will change, separated by spaces',
    field: fieldOf(''),
  },
  {
    id: 'accept',
    label: 'Accept',
    hint: 'commands that must succeed, one per line',
    field: fieldOf('', true),
  },
];

const drop: Action = {
  title: 'drop the task',
  unavailable: situation =>
    refused(situation, situation.task && dropCommand(situation.task), noTask),
  run: ({ task }) => {
    if (!task) return [];
    const holder = task.assignee
      ? `${task.assignee} stops working on it; its work is kept.`
      : 'Nobody works on it.';
    return [
      ask(
        `Drop ${task.id}?`,
        [cleanText(task.title), holder],
        [{ kind: 'command', command: dropCommand(task), done: `${task.id} is dropped` }],
      ),
    ];
  },
};

/** What the person has to say about a task, in as many rows as it takes. */
const words = (label: string, hint: string): readonly Field[] => [
  { id: 'text', label, hint, field: fieldOf('', true) },
];

const needsDrop = ({ need }: Situation): Action => {
  if (need != null && need.concern !== null) return noteIt;
  return need?.kind === 'escalation' ? drop : teamActions['agent.stop'];
};

const noteIt: Action = {
  title: 'take it off the list',
  unavailable: ({ need }) =>
    need != null && canBeNoted.has(need.kind)
      ? null
      : 'it leaves the list by itself when it is settled',
  run: ({ need }) => (need?.concern == null ? [] : [{ kind: 'noteConcern', key: need.concern }]),
};

export const taskActions = {
  'task.add': {
    title: 'add a task',
    unavailable: always,
    run: () => [openForm('New task', { kind: 'task' }, taskFields)],
  },
  'task.pause': onTask(
    'pause the task, or let it go on',
    task => ({ type: task.paused ? 'task.resume' : 'task.pause', task: task.id }),
    task => `${task.id} ${task.paused ? 'goes on' : 'is paused'}`,
  ),
  'task.approve': {
    title: 'land the task that waits for your review',
    unavailable: situation => {
      const task = approvable(situation);
      if (situation.isMarkFresh && task !== situation.task) return freshMark;
      return refused(situation, task && approveCommand(task), noTask);
    },
    run: situation => {
      const task = approvable(situation);
      const done = `${task?.id} is approved and lands`;
      return task ? [{ kind: 'command', command: approveCommand(task), done }] : [];
    },
  },
  'task.retry': {
    title: 'retry now: the task, or the gate on a red trunk',
    unavailable: situation => refused(situation, againCommand(situation), noTask),
    run: situation => {
      const command = againCommand(situation);
      if (!command) return [];
      const done =
        command.type === 'trunk.recheck' ? 'the gate runs on the trunk' : 'it is tried again';
      return [{ kind: 'command', command, done }];
    },
  },
  'task.drop': drop,
  'needs.drop': {
    title: 'drop an escalated task, start who exited, or clear a note',
    unavailable: situation => needsDrop(situation).unavailable(situation),
    run: situation => needsDrop(situation).run(situation),
  },
  'task.reassign': {
    title: 'give the task to another engineer',
    unavailable: situation => {
      if (!situation.task) return noTask;
      const options = reassignOptions(situation, situation.task);
      return options.some(one => one.reason === null)
        ? null
        : (options[0]?.reason ?? 'there is no engineer');
    },
    run: situation => {
      const { task } = situation;
      if (!task) return [];
      return [
        change({
          type: 'open',
          overlay: {
            kind: 'pick',
            title: `Give ${task.id} to`,
            query: fieldOf(''),
            index: 0,
            options: reassignOptions(situation, task),
          },
        }),
      ];
    },
  },
  'task.escalate': {
    title: 'escalate the task: to the manager, the second time to you',
    unavailable: ({ state, task }) =>
      task ? refusal(state, { type: 'task.escalate', task: task.id, why: '' }) : noTask,
    run: ({ task }) => {
      if (!task) return [];
      const fields = words('Why', 'what must be decided; its engineer is freed, its work is kept');
      return [openForm(`Escalate ${task.id}`, { kind: 'escalate', task: task.id }, fields)];
    },
  },
  'task.split': {
    title: 'let the architect split the task; its work is kept for the parts',
    unavailable: ({ state, task }) =>
      task ? refusal(state, { type: 'task.split', task: task.id, by: 'person', text: '' }) : noTask,
    run: ({ task }) => {
      if (!task) return [];
      const fields = words('Where', 'why it is too broad, and where its seams are');
      return [openForm(`Split ${task.id}`, { kind: 'split', task: task.id }, fields)];
    },
  },
  'task.raise': prioritize('raise the task’s priority', 1),
  'task.lower': prioritize('lower the task’s priority', -1),
  'task.edit': {
    title: 'edit the task’s file in your editor',
    unavailable: ({ task }) => (task ? null : noTask),
    run: ({ task }) => (task ? [{ kind: 'editTask', task: task.id }] : []),
  },
  'task.forward': move('move the task one column on, to start it', 1),
  'task.backward': move('move the task one column back', -1),
} as const satisfies Record<string, Action>;
