import { inside, type Rect } from '../../layout/arrange.ts';
import { plural } from '../age.ts';
import { agentLines, agentOrder, standingCounts } from '../agents.ts';
import { framed, panelStyle } from '../frame.ts';
import { aimed, emptyLine, type Line, line, span } from '../line.ts';
import type { Picture } from '../picture.ts';
import { textLines } from '../wrap.ts';

export function teamRows(picture: Picture, rect: Rect): Line[] {
  const { state, now, shownAgent } = picture;
  const room = inside(rect);
  const agents = agentOrder(state.agents);
  const rowsEach = agents.length * 2 <= room.height && room.width < wideRow ? 2 : 1;
  const at = agents.findIndex(agent => agent.id === shownAgent?.id);
  const perPage = Math.max(1, Math.floor(room.height / rowsEach));
  const first = Math.max(0, Math.min(at - perPage + 1, agents.length - perPage));
  const rows = agents.slice(first, first + perPage).flatMap(agent =>
    agentLines(agent, agent.task ? (state.tasks[agent.task] ?? null) : null, {
      width: room.width,
      now,
      rowsEach,
      isChosen: agent.id === shownAgent?.id,
      hasFocus: picture.ui.focus === 'team',
      teamPaused: state.teamPaused,
      retriesMax: picture.policy.retriesMax,
    }).map(row => aimed(row, { kind: 'agent', agent: agent.id })),
  );
  const isCut = agents.length > perPage;
  return framed(
    {
      title: [span('1', 'accent'), span(' Team')],
      corner: state.teamPaused ? [span('‖ paused', 'warn')] : emptyLine,
      foot: isCut
        ? [span(`${plural(agents.length, 'agent')}, ↑↓ for more`, 'quiet')]
        : standingCounts(state),
      style: panelStyle(picture, 'team'),
    },
    agents.length > 0 ? rows : noAgents(room.width),
    rect,
  );
}

/** In a list across the whole terminal one row holds everything of an agent. */
const wideRow = 60;

const noAgents = (width: number): Line[] => [
  line(' No agents yet.', 'strong'),
  ...textLines('They join when the run begins; .belfry/team.yaml says who.', width, 'quiet', 1),
];
