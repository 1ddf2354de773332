import { cleanText } from '../../lib/clean-text.ts';
import { inside, type Rect } from '../layout/arrange.ts';
import { type View, views } from '../model/model.ts';
import { plural } from './age.ts';
import { agentLines, agentOrder, standingCounts } from './agents.ts';
import { boardLines } from './board.ts';
import { type Frame, type FrameStyle, framed } from './frame.ts';
import { headerLine } from './header.ts';
import { emptyLine, fitLine, type Line, line, type Span, span, spread } from './line.ts';
import type { Picture } from './picture.ts';
import { sinceLine } from './since.ts';
import { noTaskLines, taskDetails } from './task-details.ts';
import { chosenTask } from './tasks.ts';
import { diffLines, eventLines, gateLines } from './texts.ts';
import { textLines } from './wrap.ts';

const styleOf = (picture: Picture, panel: Picture['ui']['focus']): FrameStyle =>
  picture.ui.focus === panel ? 'focused' : 'calm';

export function headerRows(picture: Picture, rect: Rect): Line[] {
  const { state, repositoryName, needs, gate, now } = picture;
  const gateStartedAt = gate && gate.endedAt === null ? gate.startedAt : null;
  return [
    headerLine({ state, repositoryName, needsCount: needs.length, gateStartedAt, now }, rect.width),
  ];
}

/** The needs-you list without a border: every row of it is wanted for a need. */
export function needsRows(picture: Picture, rect: Rect): Line[] {
  const { needs, need, ui } = picture;
  const isFocused = ui.focus === 'needs';
  const at = isFocused && need ? needs.indexOf(need) : 0;
  const first = Math.max(0, Math.min(at, needs.length - rect.height));
  const more = needs.length - first - rect.height;
  return needs.slice(first, first + rect.height).map((one, index): Line => {
    const isChosen = isFocused && one === need;
    const rest = more > 0 && index === rect.height - 1 ? `  +${more} more` : '';
    const keys = isChosen && one.keys !== '' ? [span(`  ${one.keys}`, 'accent')] : [];
    const left = [
      span(isChosen ? '▸' : ' ', 'accent'),
      span(' ! ', 'alarm'),
      span(` ${one.subject}`, isChosen ? 'strong' : 'warn'),
      span(one.text === '' ? '' : `: ${one.text}`),
    ];
    return spread(left, [...keys, span(rest, 'quiet')], rect.width);
  });
}

export function sinceRows(picture: Picture, rect: Rect): Line[] {
  const since = sinceLine(picture.events, picture.ui.lookedAt);
  return since ? [fitLine(since, rect.width)] : [];
}

export function teamRows(picture: Picture, rect: Rect): Line[] {
  const { state, now, shownAgent } = picture;
  const room = inside(rect);
  const agents = agentOrder(state.agents);
  const rowsEach = agents.length * 2 <= room.height && room.width < 60 ? 2 : 1;
  const rows = agents.map(agent =>
    agentLines(agent, agent.task ? (state.tasks[agent.task] ?? null) : null, {
      width: room.width,
      now,
      rowsEach,
      isChosen: agent.id === shownAgent?.id,
      teamPaused: state.teamPaused,
      retriesMax: picture.policy.retriesMax,
    }),
  );
  const at = agents.findIndex(agent => agent.id === shownAgent?.id);
  const perPage = Math.max(1, Math.floor(room.height / rowsEach));
  const first = Math.max(0, Math.min(at - perPage + 1, agents.length - perPage));
  const lines = agents.length > 0 ? rows.slice(first).flat() : noAgents(room.width);
  const hidden = agents.length - perPage;
  return framed(
    {
      title: [span('1', 'accent'), span(' Team')],
      corner: state.teamPaused ? [span('‖ paused', 'warn')] : emptyLine,
      foot:
        hidden > 0
          ? [span(`${plural(agents.length, 'agent')}, ↑↓ for more`, 'quiet')]
          : standingCounts(state),
      style: styleOf(picture, 'team'),
    },
    lines,
    rect,
  );
}

const noAgents = (width: number): Line[] => [
  line('No agents yet.', 'strong'),
  ...textLines('They join when the run begins; .belfry/team.yaml says who.', width, 'quiet'),
];

export function boardRows(picture: Picture, rect: Rect): Line[] {
  const { state, order, ui, policy } = picture;
  const room = inside(rect);
  const chosen = chosenTask(order, state.tasks, ui.task);
  const facts = {
    order,
    chosen,
    broken: state.brokenFiles,
    filter: ui.filter,
    retriesMax: policy.retriesMax,
  };
  const filter = ui.filter === '' ? emptyLine : [span(`filter: ${cleanText(ui.filter)}`, 'warn')];
  return framed(
    {
      title: [span('2', 'accent'), span(' Board')],
      corner: filter,
      style: styleOf(picture, 'board'),
    },
    boardLines(facts, room.width, room.height),
    rect,
  );
}

const viewTitles: Readonly<Record<View, string>> = {
  terminal: 'Terminal',
  task: 'Task',
  diff: 'Diff',
  gate: 'Gate',
  events: 'Events',
};

/** The text of the detail panel's view; null where a live terminal is painted instead. */
export function detailText(picture: Picture, width: number): Line[] | null {
  const { ui, state, order, now, policy, shownAgent } = picture;
  switch (ui.view) {
    case 'terminal':
      return picture.hasTerminal ? null : noTerminal(shownAgent?.id ?? null, width);
    case 'task': {
      const task = chosenTask(order, state.tasks, ui.task);
      return task ? taskDetails(task, width, now, policy.retriesMax) : [...noTaskLines];
    }
    case 'diff':
      return ui.diff ? diffLines(ui.diff.text) : [...noTaskLines];
    case 'gate':
      return gateLines(picture.gate, now);
    case 'events':
      return eventLines(picture.events, picture.notices);
  }
}

const noTerminal = (agent: string | null, width: number): Line[] => {
  const [news, advice] =
    agent === null
      ? ['No agent is running.', 'Agents appear in panel 1 when the run begins.']
      : [`${agent} has no terminal.`, 'It is not running: x starts it when it was stopped.'];
  return [...textLines(news, width, 'strong'), ...textLines(advice, width, 'quiet')];
};

export function detailRows(picture: Picture, rect: Rect, leaveKey: string): Line[] {
  const { ui, scrollMax } = picture;
  const room = inside(rect);
  const text = detailText(picture, room.width);
  const scroll = Math.min(ui.scroll, scrollMax);
  const start = ui.view === 'gate' ? Math.max(0, scrollMax - scroll) : scroll;
  const frame =
    ui.typingTo === null ? detailFrame(picture, scroll) : typingFrame(ui.typingTo, leaveKey);
  return framed(frame, text ? text.slice(start, start + room.height) : [], rect);
}

function detailFrame(picture: Picture, scroll: number): Frame {
  const { ui, scrollMax } = picture;
  const tabs = views.flatMap((view, index): Span[] => [
    ...(index > 0 ? [span(' ')] : []),
    span(viewTitles[view].toLowerCase(), view === ui.view ? 'strong' : 'quiet'),
  ]);
  const unit = ui.view === 'terminal' ? 'rows back' : 'of';
  const foot =
    ui.view === 'terminal' && scroll > 0
      ? [span(`${scroll} ${unit} · Esc to the end`, 'warn')]
      : ui.view !== 'terminal' && scrollMax > 0
        ? [span(`row ${scroll + 1} ${unit} ${scrollMax + picture.pageRows}`, 'quiet')]
        : emptyLine;
  return {
    title: [span('3', 'accent'), span(` ${detailSubject(picture)}`)],
    corner: tabs,
    foot,
    style: styleOf(picture, 'detail'),
  };
}

function detailSubject(picture: Picture): string {
  const { ui, shownAgent, order, state, gate } = picture;
  const title = viewTitles[ui.view];
  if (ui.view === 'terminal' && shownAgent)
    return `${title} of ${shownAgent.id} (${cleanText(shownAgent.cli)})`;
  if (ui.view === 'diff' && ui.diff) return `${title} of ${ui.diff.task}`;
  if (ui.view === 'gate' && gate) return `${title} ${cleanText(gate.id)}`;
  const task = ui.view === 'task' ? chosenTask(order, state.tasks, ui.task) : null;
  return task ? `${title} ${task.id}` : title;
}

const typingFrame = (agent: string, leaveKey: string): Frame => ({
  title: [span(` EVERY KEY GOES TO ${agent} `, 'alarm')],
  corner: [span(` ${leaveKey} takes the keyboard back `, 'alarm')],
  foot: [span(`typing to ${agent} · ${leaveKey} leaves`, 'warn')],
  style: 'typing',
});
