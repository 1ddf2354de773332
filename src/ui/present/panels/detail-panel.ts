import type { Agent } from '../../../core/agent.ts';
import type { Task } from '../../../core/task.ts';
import { outcomeShare } from '../../../core/usage/outcome.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import type { ReadOnly } from '../../../ports/team-store.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import { keptComments } from '../../model/kept-comments.ts';
import type { Ui } from '../../model/model.ts';
import { followsEnd, hasCursor, type View } from '../../model/view.ts';
import { plural } from '../age.ts';
import { standingOf } from '../agents.ts';
import { type Frame, framed, panelStyle } from '../frame.ts';
import { aimed, emptyLine, type Line, lineWidth, span } from '../line.ts';
import { type PanePlace, panePlaces } from '../panes.ts';
import type { Picture } from '../picture.ts';
import { chosenTask } from '../tasks.ts';
import { timeline } from '../timeline.ts';
import { outcomeWords, usageWords } from '../usage/usage-words.ts';
import { diffLines, rowsOfDiff } from '../views/diff-view.ts';
import { gateLines, isToldWith, runWords } from '../views/gate-view.ts';
import { numbersLines } from '../views/numbers-view.ts';
import { planLines } from '../views/plan-view.ts';
import { replayRows } from '../views/replay-view.ts';
import { noTaskLines, taskDetails } from '../views/task-view.ts';
import { threadsLines } from '../views/threads-view.ts';
import { timelineLines } from '../views/timeline-view.ts';
import { textLines } from '../wrap.ts';
import { detailTabs } from './detail-tabs.ts';
import { standstillLine } from './standstill.ts';

const viewTitles: Readonly<Record<View, string>> = {
  terminal: 'Terminal',
  task: 'Task',
  diff: 'Diff',
  gate: 'Gate',
  events: 'Timeline',
  threads: 'Messages',
  plan: 'Plan',
  numbers: 'Numbers',
};

/** The text of the detail panel's view; null where a live terminal is painted instead. */
export function detailText(picture: Picture, width: number): readonly Line[] | null {
  const { ui, state, now, shownAgent, events } = picture;
  const task = shownTask(picture);
  switch (ui.view) {
    case 'terminal':
      if (picture.hasTerminal) return null;
      return picture.readOnly === null
        ? noTerminal(shownAgent, width)
        : otherTerminal(shownAgent, picture.readOnly, width);
    case 'task':
      return task ? setIn(taskDetails(task, picture, width - 2)) : noTaskLines;
    case 'diff':
      return ui.diff ? diffLines(ui.diff.text, width) : noTaskLines;
    case 'gate':
      return gateLines(picture.gate, task, now, width);
    case 'events': {
      const moments = timeline({ events, only: ui.only, filter: ui.filter.text });
      return timelineLines(moments, picture.notices, { filter: ui.filter.text, now });
    }
    case 'plan':
      return planLines({ state, excluded: ui.excluded, width });
    case 'numbers':
      return numbersLines(picture, width);
    case 'threads':
      return threadsLines({ state, events, filter: ui.filter.text, width, time: picture.time });
  }
}

const shownTask = ({ ui, state, order }: Picture): Task | null =>
  chosenTask(order, state.tasks, ui.task);

const setIn = (rows: readonly Line[]): Line[] => rows.map(row => [span(' '), ...row]);

const noTerminal = (agent: Agent | null, width: number): Line[] => {
  const [news, advice] = !agent
    ? ['No agent is running.', 'Agents appear in panel 1 when the run begins.']
    : agent.status === 'starting' && !agent.stopped
      ? [`${agent.id} is starting.`, 'First its worktree is set up, as “setup” in team.yaml says.']
      : [`${agent.id} has no terminal.`, 'It is not running: x starts it when it was stopped.'];
  return [...textLines(news, width, 'strong', 1), ...textLines(advice, width, 'quiet', 1)];
};

/** The live one belongs to the process that has the team. */
const otherTerminal = (agent: Agent | null, { isLive }: ReadOnly, width: number): Line[] => [
  ...textLines(
    agent === null
      ? 'No agent has been running here.'
      : `Nothing of ${agent.id}’s terminal is recorded.`,
    ...([width, 'strong', 1] as const),
  ),
  ...textLines(
    isLive
      ? 'Another Belfry has it: what it records is shown here.'
      : 'No Belfry works on this team: what was recorded last is shown here.',
    ...([width, 'quiet', 1] as const),
  ),
];

export function detailRows(picture: Picture, rect: Rect, leaveKey: string): Line[] {
  const { ui, hasTerminal } = picture;
  if (ui.overlay?.kind === 'replay') return replayRows(ui.overlay, picture.now, rect);
  const places = ui.view === 'terminal' && hasTerminal ? panePlaces(picture, rect) : [];
  if (places.length < 2) return detailFrameRows(picture, rect, leaveKey);
  const bands = [...new Set(places.map(place => place.rect.y))];
  return bands.flatMap(y => {
    const beside = places.filter(place => place.rect.y === y);
    const frames = beside.map(place => paneFrame(picture, place, leaveKey));
    return Array.from({ length: beside[0]?.rect.height ?? 0 }, (_, row) =>
      frames.flatMap(frame => frame[row] ?? []),
    );
  });
}

/** The frame of one terminal among several; the chosen one has that of the panel. */
function paneFrame(picture: Picture, { agent, rect }: PanePlace, leaveKey: string): Line[] {
  const standing = standingOf(agent, picture.state.teamPaused);
  const calm: Frame = {
    title: [span(`${agent.id} (${cleanText(agent.cli)})`)],
    corner: [span(`${standing.glyph} ${standing.word}`, standing.tone)],
    style: 'calm',
  };
  const rows =
    agent.id === picture.shownAgent?.id
      ? detailFrameRows(picture, rect, leaveKey)
      : framed(calm, standstill(agent, picture, rect), rect);
  return rows.map(row => aimed(row, { kind: 'pane', agent: agent.id }));
}

function detailFrameRows(picture: Picture, rect: Rect, leaveKey: string): Line[] {
  const { ui, scrollMax } = picture;
  const room = inside(rect);
  const text = detailText(picture, room.width);
  const scroll = Math.min(ui.scroll, scrollMax);
  const frame =
    ui.typingTo === null
      ? detailFrame(picture, scroll, rect.width)
      : typingFrame(ui.typingTo, leaveKey);
  const told = picture.shownAgent === null ? [] : standstill(picture.shownAgent, picture, rect);
  return framed(frame, text ? shownRows(text, ui, scroll, room.height) : told, rect);
}

function standstill(agent: Agent, picture: Picture, rect: Rect): Line[] {
  const said = standstillLine(agent, picture, inside(rect).width);
  return said === null ? [] : [said];
}

/** A selected row stays in the middle, as far as the ends of the text allow. */
function shownRows(text: readonly Line[], ui: Ui, scroll: number, height: number): Line[] {
  const last = Math.max(0, text.length - height);
  if (!hasCursor(ui.view)) {
    const start = followsEnd(ui.view) ? last - scroll : scroll;
    return text.slice(Math.max(0, start), Math.max(0, start) + height);
  }
  const start = Math.min(last, Math.max(0, scroll - Math.floor(height / 2)));
  return text.slice(start, start + height).map((row, index) => {
    const isMarked = start + index === scroll && ui.focus === 'detail';
    return aimed(isMarked ? marked(row) : row, { kind: 'row', row: start + index });
  });
}

/** The mark takes the place of the first column, which every row leaves open or draws a rule in. */
function marked([first, ...rest]: Line): Line {
  if (!first) return [span('▸', 'accent')];
  return [span('▸', 'accent'), span(first.text.slice(1), 'strong'), ...rest];
}

/** What a border has beside its title and its corner, and a sign between them. */
const borderSigns = 9;

function detailFrame(picture: Picture, scroll: number, width: number): Frame {
  const { ui } = picture;
  const title = [span('3', 'accent'), span(` ${detailSubject(picture, width)}`)];
  return {
    title,
    corner: detailTabs(ui.view, width - lineWidth(title) - borderSigns),
    foot: detailFoot(picture, scroll, width),
    style: panelStyle(picture, 'detail'),
  };
}

function detailFoot(picture: Picture, scroll: number, width: number): Line {
  const { ui, scrollMax, pageRows, shownAgent, gate, now } = picture;
  if (scrollMax === 0 && ui.view !== 'terminal') return emptyLine;
  if (!followsEnd(ui.view)) {
    const count = hasCursor(ui.view) ? scrollMax + 1 : scrollMax + pageRows;
    return [span(`row ${scroll + 1} of ${count}`, 'quiet')];
  }
  if (scroll > 0) return [span(`${plural(scroll, 'row')} back · Esc to the end`, 'warn')];
  // The row that says it is out of sight as soon as there is more output than room.
  if (ui.view === 'gate' && gate !== null && isToldWith(gate, shownTask(picture)))
    return runWords(gate, now);
  const isTerminal = ui.view === 'terminal' && shownAgent !== null;
  return isTerminal ? terminalFoot(shownAgent, picture, width - borderSigns) : emptyLine;
}

/** From this part of what policy allows on, output without an outcome is drawn to be seen. */
const outcomeShareShown = 0.5;

/** What the agent has used, and what of it since something came of its work, where there is room for both. */
function terminalFoot(agent: Agent, { policy }: Picture, room: number): Line {
  const used = span(usageWords(agent), 'quiet');
  const words = outcomeWords(agent, policy);
  if (words === null) return [used];
  const isMuch = outcomeShare(agent, policy) >= outcomeShareShown;
  const since = span(`${words} since an outcome`, isMuch ? 'warn' : 'quiet');
  const both = [since, span(' · ', 'quiet'), used];
  if (lineWidth(both) <= room) return both;
  return isMuch ? [since] : [used];
}

/** Narrower panels need the room for the names of the views. */
const programWidthMin = 70;

function detailSubject(picture: Picture, width: number): string {
  const { ui, shownAgent } = picture;
  const title = viewTitles[ui.view];
  if (ui.view === 'terminal' && shownAgent) {
    const program = width < programWidthMin ? '' : ` (${cleanText(shownAgent.cli)})`;
    return `${title} of ${shownAgent.id}${program}`;
  }
  if (ui.view === 'diff' && ui.diff)
    return `${title} of ${ui.diff.task}${diffSize(ui.diff.text)}${keptNote(ui)}`;
  if (ui.view === 'events') return `${title} of ${ui.only ?? 'the team'}${textFilter(ui)}`;
  if (ui.view === 'threads') return `${title}${textFilter(ui)}`;
  const task = ui.view === 'task' || ui.view === 'gate' ? shownTask(picture) : null;
  return task ? `${title} ${task.id}` : title;
}

/** Comments that wait to be sent with the next one. */
function keptNote({ drafts, diff }: Ui): string {
  const kept = diff ? keptComments(drafts, diff.task, null).length : 0;
  return kept === 0 ? '' : ` · ${plural(kept, 'comment')} kept`;
}

const textFilter = ({ filter }: Ui): string =>
  filter.text === '' ? '' : ` · filter: ${cleanText(filter.text)}`;

/** How much there is to read, before it is read. */
function diffSize(text: string | null): string {
  const rows = text === null ? [] : rowsOfDiff(text);
  const files = rows.flatMap(row => (row.kind === 'file' ? [row.file] : []));
  if (files.length === 0) return '';
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return `: ${plural(files.length, 'file')} +${added} −${removed}`;
}

const typingFrame = (agent: string, leaveKey: string): Frame => ({
  title: [span(` EVERY KEY GOES TO ${agent} `, 'alarm')],
  corner: [span(` ${leaveKey} takes the keyboard back `, 'alarm')],
  foot: [span(`typing to ${agent} · ${leaveKey} leaves`, 'warn')],
  style: 'typing',
});
