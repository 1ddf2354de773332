import { isDraft } from '../../../core/plan/draft.ts';
import type { BrokenFile } from '../../../core/task.ts';
import { type Column, columns, type Task } from '../../../core/task.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import { cardLines, listRow } from '../card.ts';
import { framed, panelStyle } from '../frame.ts';
import { emptyLine, fitLine, type Line, line, span } from '../line.ts';
import type { Picture } from '../picture.ts';
import { type BoardOrder, chosenTask, listColumns } from '../tasks.ts';
import { textLines } from '../wrap.ts';

/** Narrower columns than this cannot hold a card; the board becomes a list. */
const columnWidthMin = 18;
/** Head, title and foot; one row more for longer titles. */
const cardRowsMin = 3;
const cardRowsMax = 4;
const brokenRowsMax = 3;
const rule = '│';

/** Rows that show every task without scrolling, borders and heading included. */
export function boardRowsWanted(order: BoardOrder, pageColumns: number): number {
  const counts = columns.map(column => order[column].length);
  // Whether there is room for columns of cards is a matter of the page; the team takes a part of it.
  const isList = pageColumns < 140;
  const sum = counts.reduce((total, count) => total + count, 0);
  return isList ? sum + 3 : Math.max(...counts) * cardRowsMax + 3;
}

export function boardRows(picture: Picture, rect: Rect): Line[] {
  const { state, ui } = picture;
  const room = inside(rect);
  const filter = ui.filter.board === '' ? emptyLine : filterCorner(picture);
  const broken = brokenLines(state.brokenFiles);
  const height = room.height - broken.length;
  return framed(
    {
      title: [span('2', 'accent'), span(' Board')],
      corner: filter,
      style: panelStyle(picture, 'board'),
    },
    [...boardLines(picture, room.width, height), ...broken],
    rect,
  );
}

/** What is looked for, and how much of the board is left. */
function filterCorner({ ui, order, state }: Picture): Line {
  const shown = columns.reduce((sum, column) => sum + order[column].length, 0);
  const all = Object.keys(state.tasks).length;
  return [
    span(`filter: ${cleanText(ui.filter.board)}`, 'warn'),
    span(` · ${shown} of ${all}`, 'quiet'),
  ];
}

/** Five columns of cards where there is room, one list otherwise. */
function boardLines(picture: Picture, width: number, height: number): Line[] {
  const { order, ui } = picture;
  if (columns.every(column => order[column].length === 0)) return emptyBoard(picture, width);
  const chosen = chosenTask(order, picture.state.tasks, ui.task);
  const columnWidth = Math.floor((width - 4) / columns.length);
  return columnWidth < columnWidthMin
    ? boardList(picture, chosen, width, height)
    : boardColumns(picture, chosen, width, height);
}

function emptyBoard({ ui, policy, readOnly, state }: Picture, width: number): Line[] {
  // Nobody knows yet whether there are tasks: a team that comes back has some.
  const isStarting = readOnly === null && Object.keys(state.agents).length === 0;
  if (isStarting) return [line(' The board is being read.', 'quiet')];
  const filter = ui.filter.board;
  const plan = policy.plan === 'review' ? ', whose plan you then accept' : '';
  const [news, advice] =
    filter === ''
      ? [
          'No tasks yet.',
          readOnly === null
            ? `g gives the architect a goal${plan}; n adds a task, or put a file in .belfry/tasks/.`
            : 'What the team is given appears here.',
        ]
      : [`No task matches “${filter}”.`, '/ changes the filter, Esc clears it.'];
  return [...textLines(news, width, 'strong', 1), ...textLines(advice, width, 'quiet', 1)];
}

/** The first ones, and how many there are beside them: a file that is not named is not mended. */
function brokenLines(files: readonly BrokenFile[]): readonly Line[] {
  if (files.length <= brokenRowsMax) return files.map(brokenLine);
  const named = files.slice(0, brokenRowsMax - 1);
  const more = `${files.length - named.length} more files; “belfry task list” names them`;
  return [...named.map(brokenLine), [span(' × broken ', 'bad'), span(more, 'quiet')]];
}

const brokenLine = (file: BrokenFile): Line => [
  span(' × broken ', 'bad'),
  span(`${cleanText(file.file)}${file.line === null ? '' : `:${file.line}`} `),
  span(cleanText(file.reason), 'quiet'),
];

/** The column's name and count; work in progress with its limit, one task for each engineer; what is a draft of it. */
function heading({ order, state }: Picture, column: Column, isChosen: boolean): Line {
  const count = order[column].length;
  const drafted = column === 'backlog' ? order.backlog.filter(isDraft).length : 0;
  const isDraftOnly = drafted > 0 && drafted === count;
  const engineers = Object.values(state.agents).filter(
    one => one.role === 'engineer' && !one.stopped,
  ).length;
  const hasLimit = column === 'doing' && engineers > 0;
  return [
    span(isDraftOnly ? ' draft' : ` ${column}`, isChosen ? 'title' : 'strong'),
    span(` ${count}`, hasLimit && count > engineers ? 'warn' : 'quiet'),
    ...(hasLimit ? [span(`/${engineers}`, 'quiet')] : []),
    ...(drafted > 0 && !isDraftOnly ? [span(` ${drafted} draft`, 'warn')] : []),
  ];
}

function boardColumns(
  picture: Picture,
  chosen: Task | null,
  width: number,
  height: number,
): Line[] {
  const rules = columns.length - 1;
  const base = Math.floor((width - rules) / columns.length);
  const spare = width - rules - base * columns.length;
  const cells = columns.map((column, index) => {
    const columnWidth = base + (index < spare ? 1 : 0);
    return { width: columnWidth, lines: columnLines(picture, chosen, column, columnWidth, height) };
  });
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap(({ lines, width: columnWidth }, index): Line => {
      const cell = fitLine(lines[y] ?? emptyLine, columnWidth);
      return index === 0 ? cell : [span(rule, 'quiet'), ...cell];
    }),
  );
}

/** Cards are the same in every column; what is done is the longest list and the least read, so it does not count. */
function cardRows(order: BoardOrder, height: number): number {
  const longest = Math.max(1, ...columns.map(one => (one === 'done' ? 0 : order[one].length)));
  const fair = Math.floor((height - 1) / longest);
  return Math.min(cardRowsMax, Math.max(cardRowsMin, fair));
}

function columnLines(
  picture: Picture,
  chosen: Task | null,
  column: Column,
  width: number,
  height: number,
): Line[] {
  const tasks = picture.order[column];
  const isChosenHere = chosen?.column === column;
  const rowsEach = cardRows(picture.order, height);
  const head = heading(picture, column, isChosenHere);
  const at = isChosenHere ? tasks.indexOf(chosen) : 0;
  const cards = windowOf(tasks, at, height - 1, rowsEach, task =>
    cardLines(task, {
      ...picture,
      retriesMax: picture.policy.retriesMax,
      width,
      rows: rowsEach,
      isChosen: task === chosen,
      hasFocus: picture.ui.focus === 'board',
    }),
  );
  return [head, ...cards];
}

/**
 * The cards around the chosen one that fit, and how many are out of sight. Only what can be seen is
 * laid out, so that hundreds of tasks cost no more than a screenful.
 */
function windowOf(
  tasks: readonly Task[],
  at: number,
  height: number,
  rowsEach: number,
  draw: (task: Task) => Line[],
): Line[] {
  const fit = Math.max(1, Math.floor(height / rowsEach));
  if (tasks.length <= fit) return tasks.flatMap(draw);
  const shown = Math.max(1, Math.floor((height - 1) / rowsEach));
  const first = Math.max(0, Math.min(at - shown + 1, tasks.length - shown));
  const cards = tasks.slice(first, first + shown).flatMap(draw);
  const below = tasks.length - first - shown;
  const signs = [first > 0 ? `↑ ${first}` : '', below > 0 ? `↓ ${below}` : ''];
  const more = line(` ${signs.filter(sign => sign !== '').join('  ')} more`, 'quiet');
  return [...cards.slice(0, height - 1), more];
}

function boardList(picture: Picture, chosen: Task | null, width: number, height: number): Line[] {
  const { order } = picture;
  const counts = columns.flatMap(column => heading(picture, column, chosen?.column === column));
  const inOrder = listColumns.flatMap(column => order[column]);
  const hasFocus = picture.ui.focus === 'board';
  const tasks = hasFocus ? inOrder : atRest(inOrder, chosen, height - 1);
  const at = chosen ? tasks.indexOf(chosen) : 0;
  const rows = windowOf(tasks, Math.max(0, at), height - 1, 1, task => [
    listRow(task, {
      ...picture,
      retriesMax: picture.policy.retriesMax,
      width,
      rows: 1,
      isChosen: task === chosen,
      hasFocus,
    }),
  ]);
  return [fitLine(counts, width), ...rows];
}

/**
 * Without the focus the list begins with the work under way: a chosen task may have landed since, and its
 * neighbours are what is wanted least. It takes the last row then.
 */
function atRest(tasks: readonly Task[], chosen: Task | null, height: number): readonly Task[] {
  const last = Math.max(0, height - 2);
  if (chosen === null || tasks.length <= height || tasks.indexOf(chosen) <= last) return tasks;
  return tasks.filter(one => one !== chosen).toSpliced(last, 0, chosen);
}
