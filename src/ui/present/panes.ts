import type { Agent } from '../../core/agent.ts';
import type { Rect } from '../layout/arrange.ts';
import { type PaneCount, paneRects } from '../layout/pane-rects.ts';
import { agentOrder } from './agents.ts';
import type { Picture } from './picture.ts';

/** An agent's terminal and its part of the detail panel, border included. */
export type PanePlace = { readonly agent: Agent; readonly rect: Rect };

/**
 * Which terminals show, and where. Every agent keeps its place, so that choosing another one moves
 * nothing: the agents come in fixed pages, and the page of the chosen one is shown.
 */
export function panePlaces(picture: Picture, detail: Rect): PanePlace[] {
  const { shownAgent, state, ui } = picture;
  if (!shownAgent) return [];
  const count = fittingPanes(ui.panes, Object.keys(state.agents).length);
  const order = agentOrder(state.agents);
  const agents = [
    ...order.filter(one => one.role === 'engineer'),
    ...order.filter(one => one.role !== 'engineer'),
  ];
  const page = Math.floor(agents.findIndex(one => one.id === shownAgent.id) / count);
  const shown = count === 1 ? [shownAgent] : agents.slice(page * count, (page + 1) * count);
  return paneRects(detail, count).flatMap((rect, index) => {
    const agent = shown[index];
    return agent ? [{ agent, rect }] : [];
  });
}

const fittingPanes = (wish: PaneCount, agentCount: number): PaneCount =>
  agentCount >= wish ? wish : agentCount >= 2 ? 2 : 1;
