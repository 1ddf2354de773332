import { cleanText } from '../../../lib/clean-text.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import { type View, views } from '../../model/model.ts';
import { type Frame, framed, panelStyle } from '../frame.ts';
import { emptyLine, type Line, type Span, span } from '../line.ts';
import type { Picture } from '../picture.ts';
import { chosenTask } from '../tasks.ts';
import { diffLines, eventLines, gateLines } from '../texts.ts';
import { noTaskLines, taskDetails } from '../views/task-view.ts';
import { textLines } from '../wrap.ts';

const viewTitles: Readonly<Record<View, string>> = {
  terminal: 'Terminal',
  task: 'Task',
  diff: 'Diff',
  gate: 'Gate',
  events: 'Timeline',
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
  return [...textLines(news, width, 'strong', 1), ...textLines(advice, width, 'quiet', 1)];
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
    span(viewTitles[view].toLowerCase(), view === ui.view ? 'title' : 'quiet'),
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
    style: panelStyle(picture, 'detail'),
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
