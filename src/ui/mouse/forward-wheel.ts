import type { AgentId } from '../../core/ids.ts';
import type { Terminal } from '../../ports/terminals.ts';
import type { Rect } from '../layout/arrange.ts';
import { cellArea } from '../present/panels/standstill.ts';
import { panePlaces } from '../present/panes.ts';
import type { Picture } from '../present/picture.ts';
import { isInside } from './is-inside.ts';
import type { MouseEvent } from './mouse-input.ts';

/**
 * Whoever types to an agent turns the wheel for its program, too, if that asked to hear of it. False: the wheel is
 * the page's, which scrolls what the terminal showed before.
 */
export function forwardWheel(
  event: MouseEvent,
  picture: Picture,
  detail: Rect | null,
  terminalOf: (agent: AgentId) => Terminal | null,
): boolean {
  const { typingTo, overlay } = picture.ui;
  if (event.kind !== 'wheel' || typingTo === null || overlay !== null || detail === null)
    return false;
  const place = panePlaces(picture, detail).find(one => one.agent.id === typingTo);
  if (place === undefined) return false;
  const area = cellArea(place.agent, picture, place.rect);
  if (!isInside(area, event.x, event.y)) return false;
  return terminalOf(typingTo)?.wheel(event.by, event.x - area.x, event.y - area.y) ?? false;
}
