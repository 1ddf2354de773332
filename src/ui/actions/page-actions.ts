import { columns } from '../../core/task.ts';
import { type Panel, panels } from '../layout/arrange.ts';
import type { FilterPlace, Intent } from '../model/model.ts';
import { fieldOf } from '../model/text-field.ts';
import { followsEnd } from '../model/view.ts';
import { agentOrder } from '../present/agents.ts';
import { listColumns, neighbourTask } from '../present/tasks.ts';
import { type Action, always, ask, change, type Situation } from './action.ts';

type Direction = 'up' | 'down' | 'left' | 'right';

const go = (panel: Panel, title: string): Action => ({
  title,
  unavailable: ({ needs }) =>
    panel === 'needs' && needs.length === 0 ? 'nothing needs you' : null,
  run: () => [change({ type: 'focus', panel })],
});

/** The next panel that can hold the focus. */
function nextPanel({ ui, needs }: Situation, step: 1 | -1): Panel {
  const open = panels.filter(panel => panel !== 'needs' || needs.length > 0);
  const at = open.indexOf(ui.focus);
  return open[(at + step + open.length) % open.length] ?? 'team';
}

const walk = (title: string, direction: Direction): Action => ({
  title,
  unavailable: always,
  run: situation => step(situation, direction),
});

function step(situation: Situation, direction: Direction): Intent[] {
  const by = direction === 'up' ? -1 : 1;
  const isVertical = direction === 'up' || direction === 'down';
  const { ui } = situation;
  if (ui.focus === 'board') return stepOnBoard(situation, direction);
  if (!isVertical)
    return [change({ type: 'focus', panel: nextPanel(situation, direction === 'left' ? -1 : 1) })];
  if (ui.focus === 'team') {
    const order = agentOrder(situation.state.agents);
    const at = order.findIndex(one => one.id === situation.agent?.id);
    const next = order[at + by];
    return next ? [change({ type: 'chooseAgent', agent: next.id })] : [];
  }
  if (ui.focus === 'needs') {
    const at = situation.needs.findIndex(one => one.key === situation.need?.key);
    const next = situation.needs[at + by];
    return next ? [change({ type: 'chooseNeed', need: next.key })] : [];
  }
  return scroll(situation, by);
}

function stepOnBoard({ order, task }: Situation, direction: Direction): Intent[] {
  if (!task) return [];
  const next = neighbourTask(order, task, direction) ?? flowTask(order, task, direction);
  return next ? [change({ type: 'chooseTask', task: next.id })] : [];
}

/** Past a column's end the narrow list goes on with the next column. */
function flowTask(
  order: Situation['order'],
  task: NonNullable<Situation['task']>,
  direction: Direction,
) {
  if (direction !== 'up' && direction !== 'down') return null;
  const all = listColumns.flatMap(column => order[column]);
  return all[all.indexOf(task) + (direction === 'up' ? -1 : 1)] ?? null;
}

/** A terminal scrolls back into its past, a text down from its start. */
function scroll({ ui, scrollMax }: Situation, down: number): Intent[] {
  const by = followsEnd(ui.view) ? -down : down;
  const row = Math.min(scrollMax, Math.max(0, Math.min(ui.scroll, scrollMax) + by));
  return row === ui.scroll ? [] : [change({ type: 'scrollTo', row })];
}

const page = (title: string, direction: 1 | -1): Action => ({
  title,
  unavailable: ({ scrollMax }) => (scrollMax > 0 ? null : 'there is nothing to scroll'),
  run: situation => scroll(situation, direction * situation.pageRows),
});

const edge = (title: string, isStart: boolean): Action => ({
  title,
  unavailable: always,
  run: situation => {
    const { ui, state, needs, order, scrollMax } = situation;
    if (ui.focus === 'detail')
      return [change({ type: 'scrollTo', row: isStart === followsEnd(ui.view) ? scrollMax : 0 })];
    const pick = <Item>(items: readonly Item[]): Item | undefined =>
      isStart ? items[0] : items.at(-1);
    const agent = pick(agentOrder(state.agents));
    const need = pick(needs);
    const task = pick(columns.flatMap(column => order[column]));
    if (ui.focus === 'team') return agent ? [change({ type: 'chooseAgent', agent: agent.id })] : [];
    if (ui.focus === 'needs') return need ? [change({ type: 'chooseNeed', need: need.key })] : [];
    return task ? [change({ type: 'chooseTask', task: task.id })] : [];
  },
});

/** One level out, and never out of the program. */
function back({ ui, needs }: Situation): Intent[] {
  if (ui.isZoomed) return [change({ type: 'zoom', isZoomed: false })];
  const place = filterPlace(ui);
  const filtered = ui.filter[place] === '' ? 'board' : place;
  if (ui.filter[filtered] !== '') return [change({ type: 'filter', of: filtered, text: '' })];
  // Where one stands in a text that is read is no level of its own; how far back in a terminal is.
  if (ui.scroll > 0 && followsEnd(ui.view)) return [change({ type: 'scrollTo', row: 0 })];
  const isDetail = ui.focus === 'detail';
  // A need that was answered meanwhile leaves an empty list.
  const list = ui.list === 'needs' && needs.length === 0 ? 'team' : ui.list;
  const toList = change({ type: 'focus', panel: isDetail ? list : 'team' });
  if (ui.view !== 'terminal')
    return [change({ type: 'view', view: 'terminal' }), ...(isDetail ? [toList] : [])];
  return ui.focus === 'team' ? [] : [toList];
}

/** Timeline and messages have a filter of their own. */
const filterPlace = (ui: Situation['ui']): FilterPlace =>
  ui.focus === 'detail' && (ui.view === 'events' || ui.view === 'threads') ? 'text' : 'board';

/** What `/` looks through is what has the focus. */
function filterOrSearch({ ui }: Situation): Intent[] {
  const isDetail = ui.focus === 'detail';
  if (isDetail && ui.view === 'terminal') {
    return [change({ type: 'open', overlay: { kind: 'search', query: fieldOf(ui.search) } })];
  }
  const of = filterPlace(ui);
  const query = fieldOf(ui.filter[of]);
  const open = change({ type: 'open', overlay: { kind: 'filter', of, query } });
  return of === 'text' ? [open] : [change({ type: 'focus', panel: 'board' }), open];
}

function quitText({ state }: Situation): string[] {
  const working = agentOrder(state.agents).filter(agent => agent.task && agent.status !== 'exited');
  const held = working.map(agent => `${agent.id} on ${agent.task}`).join(', ');
  const { landing } = state;
  return [
    working.length === 0 ? 'No agent holds a task.' : `Under way: ${held}.`,
    ...(landing
      ? [`The gate is at ${landing.task}/${landing.attempt}; it runs again at the next start.`]
      : []),
    'Work, counters and sessions are saved, and the next start goes on from here.',
  ];
}

const opens = (title: string, kind: 'help' | 'palette'): Action => ({
  title,
  unavailable: always,
  run: () => [change({ type: 'open', overlay: { kind, query: fieldOf(''), index: 0 } })],
});

export const pageActions = {
  'panel.team': go('team', 'go to the team'),
  'panel.board': go('board', 'go to the board'),
  'panel.detail': go('detail', 'go to the terminal or text'),
  'panel.needs': go('needs', 'go to what needs you'),
  'panel.next': {
    title: 'go to the next panel',
    unavailable: always,
    run: situation => [change({ type: 'focus', panel: nextPanel(situation, 1) })],
  },
  'panel.previous': {
    title: 'go to the previous panel',
    unavailable: always,
    run: situation => [change({ type: 'focus', panel: nextPanel(situation, -1) })],
  },
  'move.up': walk('move up', 'up'),
  'move.down': walk('move down', 'down'),
  'move.left': walk('move left: the column or panel before', 'left'),
  'move.right': walk('move right: the column or panel after', 'right'),
  'move.start': edge('go to the first one', true),
  'move.end': edge('go to the last one', false),
  'scroll.up': page('scroll a page up', -1),
  'scroll.down': page('scroll a page down', 1),
  'page.back': {
    title: 'back: leave zoom, filter, scroll, text, panel',
    unavailable: always,
    run: back,
  },
  'needs.next': {
    title: 'go to the next thing that needs you',
    unavailable: ({ needs }) => (needs.length > 0 ? null : 'nothing needs you'),
    run: ({ needs, ui, need }) => {
      const at = ui.focus === 'needs' ? needs.findIndex(one => one.key === need?.key) : -1;
      const next = needs[(at + 1) % needs.length];
      return next
        ? [
            change({ type: 'focus', panel: 'needs' }),
            change({ type: 'chooseNeed', need: next.key }),
          ]
        : [];
    },
  },
  'view.zoom': {
    title: 'zoom the detail panel to the whole page, and back',
    unavailable: always,
    run: ({ ui }) => [change({ type: 'zoom', isZoomed: !ui.isZoomed })],
  },
  'page.filter': {
    title: 'filter the board, timeline or messages; search in a terminal’s past',
    unavailable: always,
    run: filterOrSearch,
  },
  'page.copy': {
    title: 'copy what the detail panel shows',
    unavailable: always,
    run: () => [{ kind: 'copy' }],
  },
  'page.palette': opens('every action by name', 'palette'),
  'page.help': opens('every key and what it does here', 'help'),
  'page.theme': {
    title: 'next theme: the terminal’s colours, none, dusk, paper, your own',
    unavailable: ({ ui }) => (ui.themes.length > 1 ? null : 'NO_COLOR is set'),
    run: ({ ui }) => {
      const theme = ui.themes[(ui.themes.indexOf(ui.theme) + 1) % ui.themes.length] ?? ui.theme;
      return [
        change({ type: 'theme', theme }),
        change({ type: 'notice', text: `theme: ${theme}`, tone: 'good' }),
        { kind: 'keep', choice: { theme } },
      ];
    },
  },
  'page.redraw': {
    title: 'draw the page again',
    unavailable: always,
    run: () => [{ kind: 'redraw' }],
  },
  'page.suspend': {
    title: 'suspend Belfry; fg brings it back',
    unavailable: always,
    run: () => [{ kind: 'suspend' }],
  },
  'page.quit': {
    title: 'quit',
    unavailable: always,
    run: situation =>
      situation.readOnly === null
        ? [ask('Quit Belfry?', quitText(situation), [{ kind: 'quit' }])]
        : [{ kind: 'quit' }],
  },
} as const satisfies Record<string, Action>;
