import type { BranchPair } from '../../core/radar.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { fitText } from '../../lib/text-width.ts';
import { age } from './age.ts';
import { contextGauge, retryTone } from './agents.ts';
import { radarMark, shortMark } from './facts/radar-mark.ts';
import { aimed, fitLine, type Line, lineWidth, type Span, span, spread, tinted } from './line.ts';
import { cardFlag, retryBadge } from './tasks.ts';
import { dollars } from './usage/usage-words.ts';
import { wrapText } from './wrap.ts';

export type CardFacts = {
  readonly state: State;
  /** How the branches in flight would merge. */
  readonly pairs: readonly BranchPair[];
  readonly now: number;
  readonly retriesMax: number;
  readonly width: number;
  /** Rows of the card, at least three: with more the title gets rows of its own. */
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
  const name = [mark, ...nameAndFlag(task, isChosen && facts.hasFocus)];
  const head = spread(name, headEnd(task, facts, width - lineWidth(name)), width);
  const titleRow = (text: string): Line => fitLine([span('  '), span(text, tone)], width);
  const room = rows - 2;
  const wrapped = wrapText(title, width - 3);
  const last = wrapped.slice(room - 1).join(' ');
  const titles = wrapped.length <= room ? wrapped : [...wrapped.slice(0, room - 1), last];
  const holder = [span('  '), span(holderOf(task), 'quiet')];
  const foot = spread(holder, footEnd(task, facts, width - lineWidth(holder)), width);
  return [head, ...titles.map(titleRow), foot];
}

/** One row that holds everything of a card, in columns that stay in line. */
export function listRow(task: Task, facts: CardFacts): Line {
  const { width, isChosen } = facts;
  const flag = cardFlag(task);
  const radar = radarMark(task.id, facts.pairs) ?? lintMark(task, facts.state);
  const hasFigures = width >= figuresWidthMin;
  // Of what nobody has had yet there is nothing to say but its title.
  const isUntouched = task.attempt === 0 && task.assignee === null;
  const row = spread(
    [
      span(isChosen ? '▸' : ' ', 'accent'),
      span(task.id, isChosen && facts.hasFocus ? 'selected' : idTone(task)),
      span(' '.repeat(Math.max(1, 5 - task.id.length))),
      span(fitText(task.column, 8), 'quiet'),
      ...(isUntouched && !hasFigures
        ? []
        : [
            span(fitText(retrySpan(task, facts).text, 5), retryTone(task)),
            span(fitText(task.assignee ?? '', 7), 'quiet'),
          ]),
      ...(flag ? [flag, span(' ')] : []),
      ...(radar ? [radar, span(' ')] : []),
      span(cleanText(task.title.slice(0, titleCharsMax)), isChosen ? 'strong' : 'plain'),
    ],
    [
      ...(hasFigures ? column(costOf(task), 7) : []),
      ...(hasFigures ? column(gaugeOf(task, facts), 5) : []),
      span(` ${age(task.since, facts.now).padStart(4)} `, 'quiet'),
    ],
    width,
  );
  const toned = task.column === 'done' ? tinted(row, 'quiet') : row;
  return aimed(toned, { kind: 'task', task: task.id });
}

/** Narrower lists need the room for the titles. */
const figuresWidthMin = 60;

/** At the right end of that many columns, so that figures stand under each other; none leave their room to the title. */
const column = (spans: Line, width: number): Line =>
  spans.length === 0 ? [] : [span(' '.repeat(Math.max(0, width - lineWidth(spans)))), ...spans];

const idTone = (task: Task) =>
  task.column !== 'done' ? 'accent' : task.landedAs === null ? 'quiet' : 'good';

function nameAndFlag(task: Task, isSelected: boolean): Span[] {
  const flag = cardFlag(task);
  return [
    span(task.id, isSelected ? 'selected' : idTone(task)),
    ...(flag ? [span(' '), flag] : []),
  ];
}

/** What the plan lint says of a task that nobody works on yet. */
function lintMark({ id, column }: Task, { plan }: State): Span | null {
  const findings = column === 'ready' || column === 'backlog' ? (plan.findings[id] ?? []) : [];
  if (findings.length === 0) return null;
  const isError = findings.some(({ severity }) => severity === 'error');
  return span(`⚠ ${findings.length}`, isError ? 'bad' : 'warn');
}

/** The radar and the retries; where both do not fit the other branch is not named. */
function headEnd(task: Task, facts: CardFacts, room: number): Line {
  const retries = [retrySpan(task, facts), span(' ')];
  const radar = radarMark(task.id, facts.pairs) ?? lintMark(task, facts.state);
  if (!radar) return retries;
  const named = [span(' '), radar, span(' '), ...retries];
  return lineWidth(named) <= room ? named : [span(' '), shortMark(radar), span(' '), ...retries];
}

/** Cost, context and time in the column, as many of them as fit, the last ones first. */
function footEnd(task: Task, facts: CardFacts, room: number): Line {
  const cost = costOf(task);
  const since = span(` ${age(task.since, facts.now)} `, 'quiet');
  const parts: Line[] = [cost, gaugeOf(task, facts), [since]];
  while (parts.length > 1 && lineWidth(parts.flat()) > room) parts.shift();
  return parts.flat();
}

/** Nothing where nothing is known; less than a cent is not worth its room. */
function costOf({ account }: Task): Line {
  const cost = account.used.costUsd;
  return cost === null || cost < 0.01 ? [] : [span(` ${dollars(cost)}`, 'quiet')];
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
