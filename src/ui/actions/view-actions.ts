import type { Agent } from '../../core/agent.ts';
import type { TaskId } from '../../core/ids.ts';
import type { TeamFileChange } from '../../ports/team-file.ts';
import { paneCounts } from '../layout/pane-rects.ts';
import type { Intent } from '../model/model.ts';
import { type View, views } from '../model/view.ts';
import { plural } from '../present/age.ts';
import type { Need } from '../present/facts/need.ts';
import { mistakesOf } from '../present/facts/team-file-need.ts';
import { canBeNoted } from '../present/needs.ts';
import { type Moment, timeline } from '../present/timeline.ts';
import { type Action, always, ask, change, type Situation } from './action.ts';
import { messageActions, showMessage } from './message-actions.ts';
import { showPlan } from './plan-actions.ts';

const show = (view: View): Intent[] => [
  change({ type: 'view', view }),
  change({ type: 'focus', panel: 'detail' }),
];

const showTerminal = (agent: Agent['id']): Intent[] => [
  change({ type: 'chooseAgent', agent }),
  ...show('terminal'),
];

function turnView({ ui, task }: Situation, by: 1 | -1): Intent[] {
  const view = views[(views.indexOf(ui.view) + by + views.length) % views.length] as View;
  const load: Intent[] = view === 'diff' && task ? [{ kind: 'loadDiff', task: task.id }] : [];
  return [change({ type: 'view', view }), ...load];
}

/** The place where a need can be understood. */
function openNeed(situation: Situation, need: Need): Intent[] {
  const choose: Intent[] = need.task ? [change({ type: 'chooseTask', task: need.task })] : [];
  if (need.kind === 'review' && need.task)
    return [...choose, { kind: 'loadDiff', task: need.task }, ...show('diff')];
  if (need.kind === 'trunk') return show('gate');
  if (need.kind === 'behind') return [ask(need.subject, [need.text], [])];
  if (need.message !== null) return showMessage(situation, need.message);
  if (need.kind === 'escalation' || need.kind === 'lint') return [...choose, ...show('task')];
  if (need.kind === 'plan') return showPlan(situation);
  if (need.kind === 'teamFile') return showTeamFile(situation.teamFile);
  if (need.concern !== null) return showConcern(need, need.concern);
  return need.agent ? showTerminal(need.agent) : [];
}

/** Its row is cut where the page is narrow. */
const showConcern = ({ kind, subject, text }: Need, key: string): Intent[] =>
  canBeNoted.has(kind)
    ? [ask(`${subject}. Take it off the list?`, [text], [{ kind: 'noteConcern', key }])]
    : [ask(subject, [text], [])];

/** Longer differences are read in an editor. */
const diffRowsMax = 12;

function showTeamFile(changed: TeamFileChange | null): Intent[] {
  if (changed === null) return [];
  if (changed.problem !== null) {
    const mistakes = mistakesOf(changed.problem).slice(0, diffRowsMax);
    const text = [...mistakes, '', 'The team goes on as it was.'];
    return [ask('Edit team.yaml?', text, [{ kind: 'editFile', path: changed.path }])];
  }
  const { diff } = changed;
  const rest = diff.length - diffRowsMax;
  return [
    ask(
      'Apply team.yaml?',
      [
        ...diff.slice(0, diffRowsMax),
        ...(rest > 0 ? [`… and ${plural(rest, 'line')} more`] : []),
        '',
        'Work, counters and sessions are saved, the agents end, and the team starts again as the file says.',
      ],
      [{ kind: 'applyTeamFile' }],
    ),
  ];
}

const momentOf = ({ events, ui }: Situation): Moment | null =>
  timeline({ events, only: ui.only, filter: ui.filter.text })[ui.scroll] ?? null;

/** From a fact of the timeline to what it is about. */
function jump(moment: Moment | null): Intent[] {
  if (moment?.task)
    return [
      // The filter that found the fact need not find its task.
      change({ type: 'filter', of: 'board', text: '' }),
      change({ type: 'chooseTask', task: moment.task }),
      ...show('task'),
    ];
  return moment?.agent ? showTerminal(moment.agent) : [];
}

/** The task's own facts from the board; the whole team's from elsewhere, and by the same key again. */
function showTimeline({ ui, task }: Situation): Intent[] {
  const isShown = ui.view === 'events' && ui.focus === 'detail';
  const wanted = ui.focus === 'board' || isShown ? (task?.id ?? null) : null;
  const only: TaskId | null = isShown && ui.only !== null ? null : wanted;
  return [...show('events'), change({ type: 'only', task: only })];
}

function open(situation: Situation): Intent[] {
  const { ui, agent, task, need } = situation;
  if (ui.focus === 'needs') return need ? openNeed(situation, need) : [];
  if (ui.focus === 'team') return agent ? showTerminal(agent.id) : [];
  if (ui.focus === 'board')
    return task ? [change({ type: 'chooseTask', task: task.id }), ...show('task')] : [];
  if (ui.view === 'events') return jump(momentOf(situation));
  if (ui.view === 'plan')
    return task ? [change({ type: 'chooseTask', task: task.id }), ...show('task')] : [];
  if (ui.view === 'threads') return agent ? messageActions['message.say'].run(situation) : [];
  return [change({ type: 'zoom', isZoomed: !ui.isZoomed })];
}

export const viewActions = {
  'item.open': {
    title: 'open what is selected; answer a message; zoom a text or terminal',
    unavailable: situation => (open(situation).length > 0 ? null : 'nothing is selected'),
    run: open,
  },
  'view.diff': {
    title: 'show the diff of the task',
    unavailable: ({ task }) => (task ? null : 'no task is selected here'),
    run: ({ task }) =>
      task
        ? [
            change({ type: 'chooseTask', task: task.id }),
            { kind: 'loadDiff', task: task.id },
            ...show('diff'),
          ]
        : [],
  },
  'view.gate': {
    title: 'show the gate: what it said of the task, and the run under way',
    unavailable: always,
    run: ({ task }) => [
      ...(task ? [change({ type: 'chooseTask', task: task.id })] : []),
      ...show('gate'),
    ],
  },
  'view.events': {
    title: 'show what happened: to the task on the board, or to the whole team',
    unavailable: always,
    run: showTimeline,
  },
  'view.numbers': {
    title: 'show the numbers: what the team did, what it took and what came of it',
    unavailable: always,
    run: () => show('numbers'),
  },
  'view.panes': {
    title: 'show one, two or four terminals at once',
    unavailable: ({ state }) =>
      Object.keys(state.agents).length > 1 ? null : 'there is only one terminal',
    run: ({ ui }) => {
      const at = ui.view === 'terminal' ? paneCounts.indexOf(ui.panes) + 1 : 0;
      const panes = paneCounts[at % paneCounts.length] ?? 1;
      return [
        change({ type: 'panes', panes }),
        change({ type: 'view', view: 'terminal' }),
        { kind: 'keep', choice: { panes } },
      ];
    },
  },
  'view.replay': {
    title: 'play back what the agent’s terminal showed',
    unavailable: ({ agent }) => (agent ? null : 'no agent is selected here'),
    run: ({ agent }) => (agent ? [{ kind: 'replay', ask: { type: 'open', agent: agent.id } }] : []),
  },
  'view.next': {
    title: 'next view of the detail panel',
    unavailable: always,
    run: situation => turnView(situation, 1),
  },
  'view.previous': {
    title: 'previous view of the detail panel',
    unavailable: always,
    run: situation => turnView(situation, -1),
  },
} as const satisfies Record<string, Action>;
