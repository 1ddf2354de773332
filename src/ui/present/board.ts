import type { BrokenFile } from '../../core/state.ts';
import { type Column, columns, type Task } from '../../core/task.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { emptyLine, fitLine, type Line, line, type Span, span, tinted } from './line.ts';
import { type BoardOrder, listColumns, retryBadge, taskFlags } from './tasks.ts';
import { textLines, wrapText } from './wrap.ts';

export type BoardFacts = {
  readonly order: BoardOrder;
  readonly chosen: Task | null;
  readonly broken: readonly BrokenFile[];
  readonly filter: string;
  readonly retriesMax: number;
};

/** Narrower columns than this cannot hold a card; the board becomes a list. */
const columnWidthMin = 16;
const cardRowsMax = 3;
const rule = '│';

/** The board's rows: five columns of cards where there is room, one list otherwise. */
export function boardLines(facts: BoardFacts, width: number, height: number): Line[] {
  const broken = facts.broken.slice(0, 3).map(brokenLine);
  const room = height - broken.length;
  const isEmpty = columns.every(column => facts.order[column].length === 0);
  if (isEmpty) return [...emptyBoard(facts.filter, width), ...broken];
  const columnWidth = Math.floor((width - 4) / 5);
  const rows =
    columnWidth < columnWidthMin ? boardList(facts, width, room) : boardColumns(facts, width, room);
  return [...rows, ...broken];
}

function emptyBoard(filter: string, width: number): Line[] {
  const [news, advice] =
    filter === ''
      ? [
          'No tasks yet.',
          'n adds one, g gives the architect a goal, or put a file in .belfry/tasks/.',
        ]
      : [`No task matches “${filter}”.`, '/ changes the filter, Esc clears it.'];
  return [...textLines(news, width, 'strong'), ...textLines(advice, width, 'quiet')];
}

const brokenLine = (file: BrokenFile): Line => [
  span('× broken ', 'bad'),
  span(`${cleanText(file.file)}${file.line === null ? '' : `:${file.line}`} `),
  span(cleanText(file.reason), 'quiet'),
];

const heading = (column: Column, count: number, isChosen: boolean): Line => [
  span(column, isChosen ? 'strong' : 'plain'),
  span(` ${count}`, 'quiet'),
];

function boardColumns(facts: BoardFacts, width: number, height: number): Line[] {
  const base = Math.floor((width - 4) / 5);
  const spare = width - 4 - base * 5;
  const cells = columns.map((column, index) => {
    const columnWidth = base + (index < spare ? 1 : 0);
    return { width: columnWidth, lines: columnLines(facts, column, columnWidth, height) };
  });
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap(({ lines, width: columnWidth }, index): Line => {
      const cell = fitLine(lines[y] ?? emptyLine, columnWidth);
      return index === 0 ? cell : [span(rule, 'quiet'), ...cell];
    }),
  );
}

function columnLines(facts: BoardFacts, column: Column, width: number, height: number): Line[] {
  const tasks = facts.order[column];
  const isChosenHere = facts.chosen?.column === column;
  const rowsMin = column === 'done' ? 1 : 2;
  const rowsFair = Math.floor((height - 1) / Math.max(1, tasks.length));
  const rowsEach = Math.min(cardRowsMax, Math.max(rowsMin, rowsFair));
  const cards = tasks.map(task => cardLines(task, facts, width, rowsEach));
  const head = heading(column, tasks.length, isChosenHere);
  const chosenIndex = isChosenHere && facts.chosen ? tasks.indexOf(facts.chosen) : 0;
  return [head, ...windowOf(cards, chosenIndex, height - 1)];
}

/** The cards around the chosen one that fit, and how many are out of sight. */
function windowOf(cards: readonly Line[][], chosen: number, height: number): Line[] {
  const all = cards.flat();
  if (all.length <= height) return all;
  const room = height - 1;
  let first = 0;
  const rowsFrom = (from: number): number =>
    cards.slice(from, chosen + 1).reduce((sum, card) => sum + card.length, 0);
  while (first < chosen && rowsFrom(first) > room) first += 1;
  const shown = cards.slice(first).flat().slice(0, room);
  let hidden = cards.length;
  let rows = 0;
  for (const card of cards.slice(first)) {
    rows += card.length;
    if (rows > room) break;
    hidden -= 1;
  }
  return [...shown, line(`${first > 0 ? '↑' : ''}↓ ${hidden} more`, 'quiet')];
}

/** One row holds everything of a card; with more the title gets rows of its own. */
function cardLines(task: Task, facts: BoardFacts, width: number, rowsEach: number): Line[] {
  const isChosen = facts.chosen?.id === task.id;
  const tone = isChosen ? 'strong' : 'plain';
  const head = cardHead(task, facts.retriesMax);
  const title = cleanText(task.title);
  if (rowsEach === 1) return [marked([...head, span(' '), span(title, tone)], isChosen, width)];
  const rows = wrapText(title, width - 2);
  const last = rows.slice(rowsEach - 2).join(' ');
  const titles = rows.length < rowsEach ? rows : [...rows.slice(0, rowsEach - 2), last];
  return [
    marked(head, isChosen, width),
    ...titles.map(row => fitLine([span('  '), span(row, tone)], width)),
  ];
}

const marked = (spans: Line, isChosen: boolean, width: number): Line =>
  fitLine([span(isChosen ? '▸' : ' ', 'accent'), ...spans], width);

/** Id, what is wrong with it, its retries and who has it: the part of a card that must not be cut. */
function cardHead(task: Task, retriesMax: number): Span[] {
  const tone = task.column === 'done' ? (task.dropped === null ? 'good' : 'quiet') : 'accent';
  const spans: Span[] = [span(task.id, tone)];
  const flag = taskFlags(task)[0];
  if (flag) spans.push(span(' '), span(flag.text.replace(' to you', ''), flag.tone));
  if (task.column === 'done') return spans;
  if (task.attempt > 0)
    spans.push(span(` ${retryBadge(task, retriesMax)}`, task.retries > 0 ? 'warn' : 'quiet'));
  if (task.assignee) spans.push(span(` ${task.assignee}`, 'quiet'));
  return spans;
}

function boardList(facts: BoardFacts, width: number, height: number): Line[] {
  const counts = columns.flatMap((column, index): Line => {
    const head = heading(column, facts.order[column].length, facts.chosen?.column === column);
    return index === 0 ? head : [span('  '), ...head];
  });
  const tasks = listColumns.flatMap(column => facts.order[column]);
  const cards = tasks.map(task => [listRow(task, facts, width)]);
  const chosenIndex = facts.chosen ? tasks.indexOf(facts.chosen) : 0;
  return [fitLine(counts, width), ...windowOf(cards, Math.max(0, chosenIndex), height - 1)];
}

function listRow(task: Task, facts: BoardFacts, width: number): Line {
  const isChosen = facts.chosen?.id === task.id;
  const head = cardHead(task, facts.retriesMax);
  const place = span(` ${task.column}`.padEnd(9), 'quiet');
  const [id, ...rest] = head;
  const spans = [
    ...(id ? [id] : []),
    place,
    ...rest,
    span(' '),
    span(cleanText(task.title), isChosen ? 'strong' : 'plain'),
  ];
  const row = marked(spans, isChosen, width);
  return task.column === 'done' ? tinted(row, 'quiet') : row;
}
