import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { fitText } from '../../lib/text-width.ts';
import { age } from './age.ts';
import { contextGauge, retryTone } from './agents.ts';
import { aimed, fitLine, type Line, type Span, span, spread, tinted } from './line.ts';
import { cardFlag, retryBadge } from './tasks.ts';
import { wrapText } from './wrap.ts';

export type CardFacts = {
  readonly state: State;
  readonly now: number;
  readonly retriesMax: number;
  readonly width: number;
  /** Rows of the card, at least two: with more the title gets rows of its own. */
  readonly rows: number;
  readonly isChosen: boolean;
  /** Whether the panel has the focus. */
  readonly hasFocus: boolean;
};

/** Titles are cut here before they are wrapped: nobody reads more of one on a card. */
const titleCharsMax = 240;

/** The same card in every column: what and how often tried, its title, who has it and for how long. */
export const cardLines = (task: Task, facts: CardFacts): Line[] =>
  cardRows(task, facts).map(row => aimed(row, { kind: 'task', task: task.id }));

function cardRows(task: Task, facts: CardFacts): Line[] {
  const { width, rows, isChosen } = facts;
  const tone = isChosen ? 'strong' : task.column === 'done' ? 'quiet' : 'plain';
  const mark = span(isChosen ? '▸' : ' ', 'accent');
  const title = cleanText(task.title.slice(0, titleCharsMax));
  const head = spread(
    [mark, ...nameAndFlag(task, isChosen && facts.hasFocus)],
    [retrySpan(task, facts), span(' ')],
    width,
  );
  const titleRow = (text: string): Line => fitLine([span('  '), span(text, tone)], width);
  if (rows <= 2) return [head, titleRow(title)];
  const room = rows - 2;
  const wrapped = wrapText(title, width - 3);
  const last = wrapped.slice(room - 1).join(' ');
  const titles = wrapped.length <= room ? wrapped : [...wrapped.slice(0, room - 1), last];
  const foot = spread(
    [span('  '), span(holderOf(task), 'quiet')],
    [...gaugeOf(task, facts), span(` ${age(task.since, facts.now)} `, 'quiet')],
    width,
  );
  return [head, ...titles.map(titleRow), foot];
}

/** One row that holds everything of a card, in columns that stay in line. */
export function listRow(task: Task, facts: CardFacts): Line {
  const { width, isChosen } = facts;
  const flag = cardFlag(task);
  const row = spread(
    [
      span(isChosen ? '▸' : ' ', 'accent'),
      span(task.id, isChosen && facts.hasFocus ? 'selected' : idTone(task)),
      span(' '.repeat(Math.max(1, 5 - task.id.length))),
      span(fitText(task.column, 8), 'quiet'),
      span(fitText(retrySpan(task, facts).text, 5), retryTone(task)),
      span(fitText(task.assignee ?? '', 7), 'quiet'),
      ...(flag ? [flag, span(' ')] : []),
      span(cleanText(task.title.slice(0, titleCharsMax)), isChosen ? 'strong' : 'plain'),
    ],
    [span(` ${age(task.since, facts.now).padStart(4)} `, 'quiet')],
    width,
  );
  const toned = task.column === 'done' ? tinted(row, 'quiet') : row;
  return aimed(toned, { kind: 'task', task: task.id });
}

const idTone = (task: Task) =>
  task.column !== 'done' ? 'accent' : task.landedAs === null ? 'quiet' : 'good';

function nameAndFlag(task: Task, isSelected: boolean): Span[] {
  const flag = cardFlag(task);
  return [
    span(task.id, isSelected ? 'selected' : idTone(task)),
    ...(flag ? [span(' '), flag] : []),
  ];
}

/** Nothing was tried yet: no counter to read. */
const retrySpan = (task: Task, { retriesMax }: CardFacts): Span =>
  task.attempt === 0 ? span('') : span(retryBadge(task, retriesMax), retryTone(task));

function holderOf(task: Task): string {
  if (task.column === 'done') return task.landedAs?.slice(0, 7) ?? 'not landed';
  return task.assignee ?? (task.reservedFor ? `for ${task.reservedFor}` : task.priority);
}

/** The context of whoever has the task: a card tells when its work will be handed over. */
function gaugeOf(task: Task, { state }: CardFacts): Line {
  const agent = task.assignee ? state.agents[task.assignee] : undefined;
  if (!agent || agent.task !== task.id || agent.contextUsed === null) return [];
  return contextGauge(agent.contextUsed, false);
}
