import { type Agent, isDown } from '../../../core/agent.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import type { ActionId } from '../../actions/action-ids.ts';
import { actionFor, keyFor, keyWord } from '../../keymap/keymap.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import { pastTime } from '../age.ts';
import { standingOf } from '../agents.ts';
import { emptyLine, type Line, lineWidth, span, spread } from '../line.ts';
import type { Picture } from '../picture.ts';

/** Without room for a row of the program the row above it is no help. */
const rowsMin = 2;

/**
 * The row above a terminal whose program does not run: what it printed last would read as if it did. Null where it
 * runs.
 */
export function standstillLine(agent: Agent, picture: Picture, width: number): Line | null {
  const words = standstillWords(agent, picture);
  if (words === null) return null;
  const { glyph, tone } = standingOf(agent, picture.state.teamPaused);
  const isOwn = isDown(agent) || agent.paused;
  const remedy = isOwn
    ? ofAgent(agent, picture)
    : remedyLine(picture, 'team.pause', 'lets the team go on');
  const sign = picture.readOnly?.isLive === false ? '×' : glyph;
  const said = tone === 'bad' ? 'bad' : 'warn';
  const head = span(` ${sign} ${words.head}`, said);
  const hasRoom = lineWidth([head, ...remedy]) <= width;
  return spread([head, span(words.why, said)], hasRoom ? remedy : emptyLine, width);
}

/** Where the program's cells go, in the rectangle of its panel. */
export function cellArea(agent: Agent, picture: Picture, rect: Rect): Rect {
  const room = inside(rect);
  const isTold = room.height >= rowsMin && standstillWords(agent, picture) !== null;
  return isTold ? { ...room, y: room.y + 1, height: room.height - 1 } : room;
}

/** Since when it stands still, and why: what gives way first where there is no room. */
type Words = { readonly head: string; readonly why: string };

function standstillWords(agent: Agent, { state, now, readOnly }: Picture): Words | null {
  if (readOnly?.isLive === false) return { head: 'no Belfry runs', why: ': what it showed last' };
  const since = pastTime(agent.since, now);
  const why = cleanText(agent.statusReason);
  if (isDown(agent)) {
    if (agent.stopped && agent.givenUp == null) return { head: `stopped since ${since}`, why: '' };
    const next = agent.restartAt === null ? '' : ' and restarts';
    return { head: `ended at ${since}${next}`, why: `: ${why}` };
  }
  const pausedAt = agent.paused ? agent.pausedAt : state.teamPaused ? state.teamPausedAt : null;
  if (pausedAt === null) return null;
  return {
    head: `${agent.paused ? '' : 'team '}paused since ${pastTime(pausedAt, now)}`,
    why: agent.isHeldBack ? ': its task’s budget is used up' : '',
  };
}

function ofAgent(agent: Agent, picture: Picture): Line {
  if (picture.agent?.id !== agent.id) return emptyLine;
  return isDown(agent)
    ? remedyLine(picture, 'agent.stop', agent.restartAt === null ? 'starts it again' : 'at once')
    : remedyLine(picture, 'agent.pause', 'lets it go on');
}

/** No key is named that means something else where the focus is. */
function remedyLine({ keymap, ui, readOnly }: Picture, action: ActionId, words: string): Line {
  const key = keyFor(keymap, action, ui.focus);
  if (key === null || readOnly !== null || actionFor(keymap, ui.focus, key) !== action)
    return emptyLine;
  return [span(' '), span(keyWord(key), 'key'), span(` ${words} `, 'quiet')];
}
