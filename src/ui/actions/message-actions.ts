import type { Agent } from '../../core/agent.ts';
import { isDraft } from '../../core/plan/draft.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import { cleanBlock, cleanText } from '../../lib/clean-text.ts';
import type { Field, Intent, Option } from '../model/model.ts';
import { fieldCharsMax, fieldOf } from '../model/text-field.ts';
import { agentOrder, standingOf } from '../present/agents.ts';
import { rowsOfThreads, type ThreadsWish } from '../present/views/threads-view.ts';
import { type Action, always, change, openForm, type Situation } from './action.ts';
import { noAgent } from './team-actions.ts';

const textField = (label: string, hint: string, text = ''): readonly Field[] => [
  { id: 'text', label, hint, field: fieldOf(text, true) },
];

const writeTo = ({ id }: Agent): Intent =>
  openForm(
    `Message to ${id}`,
    { kind: 'say', to: id },
    textField('Text', 'delivered when the agent waits for input; begin with ! to interrupt it'),
  );

const architectOf = (state: State): Agent | null =>
  agentOrder(state.agents).find(agent => agent.role === 'architect') ?? null;

/** A wish in the backlog, not a plan of the architect that waits for the person. */
const isUnplanned = (task: Task): boolean =>
  task.column === 'backlog' && !task.planned && !isDraft(task);

const goalOf = ({ id, title, body }: Task): string =>
  [`${id}: ${cleanText(title)}`, cleanBlock(body).trim()]
    .filter(text => text !== '')
    .join('\n\n')
    .slice(0, fieldCharsMax);

/** Every member, with what tells when it will read. */
const memberOptions = ({ state }: Situation): readonly Option[] =>
  agentOrder(state.agents).map(agent => {
    const { word } = standingOf(agent, state.teamPaused);
    const waiting = state.messages.filter(
      one => one.to === agent.id && one.delivery === 'queued',
    ).length;
    const note = [word, ...(waiting > 0 ? [`${waiting} queued for it`] : [])].join(', ');
    return { label: agent.id, note, reason: null, group: null, intents: [writeTo(agent)] };
  });

/** The messages as the page shows them. */
export const shownThreads = ({ state, events, ui, columns, time }: Situation): ThreadsWish => ({
  ...{ state, events, filter: ui.filter.text, width: columns, time },
});

/** The messages view, at the newest thread of whoever is selected. */
function showThreads(situation: Situation): Intent[] {
  const { ui, agent } = situation;
  const rows = rowsOfThreads(shownThreads(situation));
  const row = ui.view === 'threads' ? -1 : rows.findIndex(one => one.agent === agent?.id);
  return [
    change({ type: 'view', view: 'threads' }),
    change({ type: 'focus', panel: 'detail' }),
    ...(row > 0 ? [change({ type: 'scrollTo', row })] : []),
  ];
}

/** The messages view at one message; at the top where it is not kept any more. */
export function showMessage(situation: Situation, id: string): Intent[] {
  const row = rowsOfThreads(shownThreads(situation)).findIndex(one => one.message?.id === id);
  return [
    change({ type: 'view', view: 'threads' }),
    change({ type: 'focus', panel: 'detail' }),
    ...(row > 0 ? [change({ type: 'scrollTo', row })] : []),
  ];
}

export const messageActions = {
  'view.threads': {
    title: 'show the messages: who wrote what to whom, and whether it arrived',
    unavailable: always,
    run: showThreads,
  },
  'message.say': {
    title: 'say something; guide an escalated task, send a reviewed one back',
    unavailable: ({ agent, task }) => (agent || task?.escalation ? null : noAgent),
    run: ({ agent, task, ui }) => {
      if (task?.escalation) {
        const hint = `escalated: ${cleanText(task.escalation.why)}`;
        const purpose = { kind: 'guide', task: task.id } as const;
        return [openForm(`Guide ${task.id}`, purpose, textField('Text', hint))];
      }
      if (ui.focus !== 'team' && task?.gateStep === 'review') {
        const hint = 'what is to be different; it is not charged as a retry';
        const purpose = { kind: 'sendBack', task: task.id } as const;
        return [openForm(`Send ${task.id} back`, purpose, textField('Text', hint))];
      }
      return agent ? [writeTo(agent)] : [];
    },
  },
  'message.write': {
    title: 'write to any member of the team',
    unavailable: ({ state }) =>
      Object.keys(state.agents).length > 0 ? null : 'nobody is on the team yet',
    run: situation => [
      change({
        type: 'open',
        overlay: {
          kind: 'pick',
          title: 'Write to',
          query: fieldOf(''),
          index: 0,
          options: memberOptions(situation),
        },
      }),
    ],
  },
  'goal.give': {
    title: 'give the architect a goal',
    unavailable: ({ state }) => (architectOf(state) ? null : 'this team has no architect'),
    run: ({ state, task }) => {
      const architect = architectOf(state);
      if (!architect) return [];
      const purpose = { kind: 'goal', to: architect.id } as const;
      const hint = 'the architect plans tasks for it';
      // A title of its own keeps what was typed for one item apart from what was typed for another.
      return task !== null && isUnplanned(task)
        ? [openForm(`Goal from ${task.id}`, purpose, textField('Goal', hint, goalOf(task)))]
        : [openForm('Goal for the architect', purpose, textField('Goal', hint))];
    },
  },
} as const satisfies Record<string, Action>;
