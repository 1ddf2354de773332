import { type Agent, type AgentStatus, isParked, type Role } from '../../core/agent.ts';
import type { AgentId } from '../../core/ids.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { fitText } from '../../lib/text-width.ts';
import { age, timeAhead } from './age.ts';
import {
  fitLine,
  type Line,
  line,
  lineWidth,
  type Span,
  span,
  spread,
  type Tone,
  tinted,
} from './line.ts';
import { retryBadge } from './tasks.ts';
import { dollars } from './usage/usage-words.ts';

export type Standing = { readonly glyph: string; readonly word: string; readonly tone: Tone };

const standings: Readonly<Record<AgentStatus, Standing>> = {
  starting: { glyph: '◌', word: 'starting', tone: 'quiet' },
  idle: { glyph: '○', word: 'idle', tone: 'plain' },
  working: { glyph: '●', word: 'working', tone: 'good' },
  permission: { glyph: '!', word: 'asks you', tone: 'warn' },
  question: { glyph: '?', word: 'asks you', tone: 'warn' },
  exhausted: { glyph: '▲', word: 'context full', tone: 'warn' },
  retrying: { glyph: '↻', word: 'retrying', tone: 'warn' },
  limited: { glyph: '◷', word: 'limited', tone: 'warn' },
  failed: { glyph: '✕', word: 'failed', tone: 'bad' },
  exited: { glyph: '×', word: 'exited', tone: 'bad' },
  unknown: { glyph: '~', word: 'unknown', tone: 'quiet' },
};

const atTheGate: Standing = { glyph: '◇', word: 'at gate', tone: 'busy' };

/** What the person decided comes before what the program is seen to do. */
export function standingOf(agent: Agent, teamPaused: boolean, task: Task | null = null): Standing {
  if (agent.stopped) return { glyph: '■', word: 'stopped', tone: 'quiet' };
  if (agent.paused || teamPaused)
    return { glyph: '‖', word: agent.isCut ? 'interrupted' : 'paused', tone: 'quiet' };
  if (agent.status === 'exited' && agent.restartAt !== null) {
    return { glyph: '×', word: 'restarting', tone: 'warn' };
  }
  // Nothing is left to do for whoever has claimed to be done, and yet nobody else may have it.
  if (agent.status === 'idle' && task?.column === 'gate') return atTheGate;
  return waiting(agent) ?? standings[agent.status];
}

/** One that waits for its provider says until when. */
function waiting({ status, deadline, since }: Agent): Standing | null {
  if (!isParked(status) || deadline === null) return null;
  const { glyph, tone } = standings[status];
  return {
    glyph,
    word: `${status === 'limited' ? 'until' : 'again'} ${timeAhead(deadline, since)}`,
    tone,
  };
}

const roleOrder: readonly Role[] = ['architect', 'manager', 'engineer'];

/** Architect, manager, then engineers by number. */
export function agentOrder(agents: State['agents']): Agent[] {
  return Object.values(agents).sort(
    (one, other) =>
      roleOrder.indexOf(one.role) - roleOrder.indexOf(other.role) ||
      // Numbers with more digits are larger. A comparison by the rules of a language takes a thousand times as long.
      one.id.length - other.id.length ||
      (one.id < other.id ? -1 : 1),
  );
}

export function chosenAgent(agents: State['agents'], wish: AgentId | null): Agent | null {
  if (wish && agents[wish]) return agents[wish];
  const order = agentOrder(agents);
  return order.find(agent => agent.role === 'engineer') ?? order[0] ?? null;
}

export type AgentRowOptions = {
  readonly width: number;
  readonly now: number;
  readonly rowsEach: 1 | 2;
  readonly isChosen: boolean;
  /** Whether the panel has the focus. */
  readonly hasFocus: boolean;
  readonly teamPaused: boolean;
  readonly retriesMax: number;
};

/** One agent as one or two rows of the team panel. */
export function agentLines(agent: Agent, task: Task | null, options: AgentRowOptions): Line[] {
  const { width, now, rowsEach, isChosen } = options;
  const standing = standingOf(agent, options.teamPaused, task);
  const since = span(` ${age(agent.since, now)} `, 'quiet');
  const name = span(fitText(agent.id, nameWidth), nameTone(options));
  const mark = span(isChosen ? '▸' : ' ', 'accent');
  const state = span(`${standing.glyph} ${standing.word}`, standing.tone);
  const head = [mark, name, span(' '), state];
  if (rowsEach === 1) return [oneRow(head, agent, task, options, since)];
  const cli = span(` ${cleanText(agent.cli)} `, 'quiet');
  const gauge = [...contextGauge(agent.contextUsed, width >= barWidthMin), span(' ')];
  const about = task && width >= titleWidthMin ? span(` ${cleanText(task.title)}`, 'quiet') : cli;
  // What there is no room for gives way from the left: the program first, then what it has cost.
  const told = [...(about === cli ? [] : [cli]), costSpan(agent), since];
  const fitting = told.findIndex(
    (_part, at) => lineWidth(head) + lineWidth(told.slice(at)) <= width,
  );
  return [
    spread(head, fitting === -1 ? [since] : told.slice(fitting), width),
    spread(
      task ? [span('  '), ...taskWork(task, options.retriesMax), about] : [span(' '), cli],
      gauge,
      width,
    ),
  ];
}

const nameTone = ({ isChosen, hasFocus }: AgentRowOptions): Tone =>
  isChosen ? (hasFocus ? 'selected' : 'strong') : 'plain';

/** Everything of an agent in one row, what matters least at the end. */
function oneRow(
  head: Line,
  agent: Agent,
  task: Task | null,
  { width, retriesMax }: AgentRowOptions,
  since: Span,
): Line {
  const work = task ? [span(' '), ...taskWork(task, retriesMax)] : [];
  if (width < titleWidthMin) return spread([...head, ...work], [since], width);
  const start = fitLine(head, nameWidth + 16);
  const title = span(task ? ` ${cleanText(task.title)}` : '', 'quiet');
  const cost = width >= barWidthMin * 2 ? [costSpan(agent)] : [];
  const end = [...cost, ...contextGauge(agent.contextUsed, width >= barWidthMin * 2), since];
  return spread([...start, ...work, title], end, width);
}

const costSpan = ({ costUsd }: Agent): Span =>
  span(costUsd === null ? ' $?' : ` ${dollars(costUsd)}`, 'quiet');

const taskWork = (task: Task, retriesMax: number): Line => [
  span(task.id, 'strong'),
  span(` ${retryBadge(task, retriesMax)}`, retryTone(task)),
];

const nameWidth = 9;
/** Narrower rows have no room for the title of a task. */
const titleWidthMin = 36;

export const retryTone = (task: Task): Tone => (task.retries > 0 ? 'warn' : 'quiet');

const gaugeCells = 5;
/** Narrower rows need the room of the bar for the name of the agent CLI. */
const barWidthMin = 30;

/** Filled cells and a number, because a person cannot read fifths. `ctx ?` where the agent CLI does not tell. */
export function contextGauge(used: number | null, hasBar: boolean): Line {
  if (used === null) return line(' ctx ?', 'quiet');
  const share = Math.min(1, Math.max(0, used));
  const filled = Math.round(share * gaugeCells);
  const tone: Tone = share >= 0.85 ? 'bad' : share >= 0.6 ? 'warn' : 'quiet';
  const percent = `${String(Math.round(share * 100)).padStart(3)}%`;
  if (!hasBar) return line(` ${percent}`, tone);
  return line(` ${'▰'.repeat(filled)}${'▱'.repeat(gaugeCells - filled)} ${percent}`, tone);
}

/** Counts by word, for the header and for narrow terminals: `3 working · 1 idle`. */
export function standingCounts(state: State): Line {
  const counts = new Map<string, { count: number; tone: Tone }>();
  for (const agent of agentOrder(state.agents)) {
    const task = agent.task ? (state.tasks[agent.task] ?? null) : null;
    const { word, tone } = standingOf(agent, state.teamPaused, task);
    counts.set(word, { count: (counts.get(word)?.count ?? 0) + 1, tone });
  }
  const parts = [...counts].flatMap(([word, { count, tone }], index): Line => {
    const text = span(`${count} ${word}`, tone === 'good' ? 'plain' : tone);
    return index === 0 ? [text] : [span(' · ', 'quiet'), text];
  });
  return state.teamPaused ? tinted(parts, 'quiet') : parts;
}
