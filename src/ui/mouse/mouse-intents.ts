import { change } from '../actions/action.ts';
import { routeKey } from '../keymap/route-key.ts';
import type { Panel, Rect } from '../layout/arrange.ts';
import type { Intent } from '../model/model.ts';
import { followsEnd } from '../model/view.ts';
import { type Line, type Target, targetAt } from '../present/line.ts';
import type { Picture } from '../present/picture.ts';
import { chosenTask } from '../present/tasks.ts';
import { isInside } from './is-inside.ts';
import type { MouseEvent } from './mouse-input.ts';

/** A rectangle of the page and what is in it. Later ones lie in front: the last is an open box, or the footer. */
export type Area = {
  readonly rect: Rect;
  readonly panel: Panel | null;
  readonly rows: (picture: Picture, rect: Rect) => readonly Line[];
};

const wheelRows = 3;

/** What the mouse means: whatever has a key can be clicked, and does the same. Pure. */
export function mouseIntents(
  picture: Picture,
  areas: readonly Area[],
  event: MouseEvent,
): readonly Intent[] {
  const area = areas.findLast(one => isInside(one.rect, event.x, event.y));
  if (!area) return [];
  const line = area.rows(picture, area.rect)[event.y - area.rect.y] ?? [];
  const target = targetAt(line, event.x - area.rect.x);
  if (event.kind === 'wheel') return wheel(picture, area, event.by, target);
  // While a box or a row that is typed into has the keys, nothing else can be meant.
  const isInFront = area === areas.at(-1) && (target?.kind === 'option' || target?.kind === 'key');
  if (picture.ui.overlay && !isInFront) return [];
  const leave = picture.ui.typingTo === null ? [] : [change({ type: 'type', to: null })];
  if (target) return [...leave, ...clicked(picture, target)];
  return area.panel ? [...leave, change({ type: 'focus', panel: area.panel })] : leave;
}

/** The first click selects; a click on what is selected opens it, as Enter does. */
function clicked(picture: Picture, target: Target): readonly Intent[] {
  const { ui } = picture;
  const enter = (panel: Panel): readonly Intent[] =>
    ui.focus === panel ? routeKey(picture, 'enter') : [change({ type: 'focus', panel })];
  switch (target.kind) {
    case 'key':
      return routeKey(picture, target.key);
    case 'agent':
      if (picture.shownAgent?.id === target.agent) return enter('team');
      return [focus('team'), change({ type: 'chooseAgent', agent: target.agent })];
    case 'task':
      if (picture.ui.task === target.task) return enter('board');
      return [focus('board'), change({ type: 'chooseTask', task: target.task })];
    case 'need':
      if (ui.focus === 'needs' && picture.need?.key === target.need) return enter('needs');
      return [focus('needs'), change({ type: 'chooseNeed', need: target.need })];
    case 'view':
      return [focus('detail'), change({ type: 'view', view: target.view })];
    case 'pane':
      return [focus('detail'), change({ type: 'chooseAgent', agent: target.agent })];
    case 'row':
      if (ui.focus === 'detail' && ui.scroll === target.row) return enter('detail');
      return [focus('detail'), change({ type: 'scrollTo', row: target.row })];
    case 'option':
      return chooseOption(picture, target.index);
  }
}

const focus = (panel: Panel): Intent => change({ type: 'focus', panel });

function chooseOption(picture: Picture, index: number): readonly Intent[] {
  const { overlay } = picture.ui;
  if (!overlay || !('index' in overlay) || overlay.kind === 'form') return [];
  const ui = { ...picture.ui, overlay: { ...overlay, index } };
  return routeKey({ ...picture, ui }, 'enter');
}

/** Over a list its selection moves, over a text or terminal that scrolls; the focus stays where it is. */
function wheel(
  picture: Picture,
  { panel }: Area,
  by: 1 | -1,
  target: Target | null,
): readonly Intent[] {
  const key = by === 1 ? 'down' : 'up';
  if (picture.ui.overlay) return routeKey(picture, key);
  if (panel === 'detail') {
    const { ui, scrollMax } = picture;
    const rows = (followsEnd(ui.view) ? -by : by) * wheelRows;
    const row = Math.min(scrollMax, Math.max(0, Math.min(ui.scroll, scrollMax) + rows));
    return row === ui.scroll ? [] : [change({ type: 'scrollTo', row })];
  }
  if (panel === null) return [];
  return routeKey(onList(picture, panel, target), key);
}

/** The situation as if the list under the mouse had the focus. */
function onList(picture: Picture, panel: Panel, target: Target | null): Picture {
  const { ui, state, order, shownAgent, markedNeed } = picture;
  const chosen = chosenTask(order, state.tasks, ui.task);
  const pointed = target?.kind === 'task' ? (state.tasks[target.task] ?? null) : null;
  // In another column than that of the chosen card it goes on from the card under the mouse.
  const task = pointed !== null && pointed.column !== chosen?.column ? pointed : chosen;
  return { ...picture, ui: { ...ui, focus: panel }, agent: shownAgent, need: markedNeed, task };
}
