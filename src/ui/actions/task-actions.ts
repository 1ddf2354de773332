import { refusal } from '../../core/decide/refusals.ts';
import type { Command } from '../../core/input.ts';
import { type Column, columns, type Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { Field, Option } from '../model/model.ts';
import { fieldOf } from '../model/text-field.ts';
import { agentOrder, standingOf } from '../present/agents.ts';
import { type Action, always, ask, change, refused, type Situation } from './action.ts';
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

const needsDrop = ({ need }: Situation): Action =>
  need?.kind === 'escalation' ? drop : teamActions['agent.stop'];

export const taskActions = {
  'task.add': {
    title: 'add a task',
    unavailable: always,
    run: () => [
      change({
        type: 'open',
        overlay: {
          kind: 'form',
          title: 'New task',
          purpose: { kind: 'task' },
          fields: taskFields,
          index: 0,
          problem: null,
          isSending: false,
        },
      }),
    ],
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
    title: 'drop the escalated task, or start the agent that exited',
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
  'task.forward': move('move the task one column on, to start it', 1),
  'task.backward': move('move the task one column back', -1),
} as const satisfies Record<string, Action>;

/** Every engineer with what speaks for and against; work and failure history go along with the task. */
function reassignOptions({ state }: Situation, task: Task): readonly Option[] {
  const engineers = agentOrder(state.agents).filter(agent => agent.role === 'engineer');
  const option = (to: Task['assignee'], label: string, note: string): Option => {
    const command: Command = { type: 'task.reassign', task: task.id, by: 'person', to, text: null };
    const reason = to !== null && to === task.assignee ? 'has it already' : refusal(state, command);
    const done = `${task.id} goes to ${to ?? 'whoever is free'}`;
    return { label, note, reason, group: null, intents: [{ kind: 'command', command, done }] };
  };
  return [
    option(null, 'whoever is free', 'not those that failed it, as long as there is another'),
    ...engineers.map(agent => {
      const work = agent.task ? `, holds ${agent.task}` : '';
      const past = task.failedBy.includes(agent.id) ? ', failed it before' : '';
      return option(
        agent.id,
        agent.id,
        `${standingOf(agent, state.teamPaused).word}${work}${past}`,
      );
    }),
  ];
}
