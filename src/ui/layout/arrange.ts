/** Rows and columns of the terminal, counted from 0 at the top left. */
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Panel = 'team' | 'board' | 'detail' | 'needs';
export const panels: readonly Panel[] = ['team', 'board', 'detail', 'needs'];

export type Arrangement = {
  /** `tiny` holds one sentence, `list` the lists without borders to spare, `page` everything. */
  readonly kind: 'tiny' | 'list' | 'page';
  readonly header: Rect;
  /** Without rows when nothing needs the person. */
  readonly needs: Rect;
  readonly since: Rect;
  readonly team: Rect | null;
  /** The newest facts, in the room that the team leaves. */
  readonly lately: Rect | null;
  readonly board: Rect | null;
  readonly detail: Rect | null;
  readonly footer: Rect;
};

export type Wishes = {
  readonly needsCount: number;
  readonly hasSince: boolean;
  readonly agentCount: number;
  /** Rows that would show every task. */
  readonly boardRows: number;
  readonly isZoomed: boolean;
  readonly focus: Panel;
};

export const columnsMin = 40;
export const rowsMin = 12;
/** Narrower terminals show lists. */
export const pageColumnsMin = 80;

/** Who gets which part of the terminal. Pure, so that every size can be drawn in a test. */
export function arrange(columns: number, rows: number, wishes: Wishes): Arrangement {
  const row = (y: number, height: number): Rect => ({ x: 0, y, width: columns, height });
  if (columns < columnsMin || rows < rowsMin) {
    const nothing = row(0, 0);
    const all = row(0, rows);
    return {
      kind: 'tiny',
      header: all,
      needs: nothing,
      since: nothing,
      team: null,
      lately: null,
      board: null,
      detail: null,
      footer: nothing,
    };
  }
  const needsRows = Math.min(wishes.needsCount, needsRowsMax(rows, wishes));
  const sinceRows = wishes.hasSince ? 1 : 0;
  const bodyY = 1 + needsRows + sinceRows;
  const body = row(bodyY, rows - bodyY - 1);
  const frame = {
    header: row(0, 1),
    needs: row(1, needsRows),
    since: row(1 + needsRows, sinceRows),
    footer: row(rows - 1, 1),
  };
  const kind = columns < pageColumnsMin ? 'list' : 'page';
  if (wishes.isZoomed) return { kind, ...frame, ...noBody, detail: body };
  if (kind === 'list') return { kind, ...frame, ...listBody(body, wishes) };
  return { kind, ...frame, ...pageBody(body, wishes) };
}

function needsRowsMax(rows: number, wishes: Wishes): number {
  if (wishes.isZoomed) return 1;
  const calm = rows < 30 ? 2 : rows < 45 ? 4 : 6;
  return wishes.focus === 'needs' ? calm * 2 : calm;
}

type Body = Pick<Arrangement, 'team' | 'lately' | 'board' | 'detail'>;

const noBody: Body = { team: null, lately: null, board: null, detail: null };

/** Border, heading and two tasks. */
const listRowsMin = 5;

function listBody(body: Rect, wishes: Wishes): Body {
  if (wishes.focus === 'detail') return { ...noBody, detail: body };
  const teamRows = Math.min(wishes.agentCount + 2, Math.max(4, Math.floor(body.height / 2)));
  // Two panels without a row for what is selected in them would be worth less than one.
  const isCramped = body.height - teamRows < listRowsMin;
  if (isCramped && wishes.focus === 'board') return { ...noBody, board: body };
  if (isCramped && wishes.focus === 'team') return { ...noBody, team: body };
  return {
    ...noBody,
    team: { ...body, height: teamRows },
    board: { ...body, y: body.y + teamRows, height: body.height - teamRows },
  };
}

/** Fewer rows show too little of what happened to be worth a border. */
const latelyRowsMin = 5;

/** Agents left with the newest facts below, the board right of them, the detail below the board. */
function pageBody(body: Rect, wishes: Wishes): Body {
  const teamWidth = body.width < 100 ? 28 : body.width < 130 ? 34 : body.width < 200 ? 40 : 46;
  const boardHeight = boardRows(body.height, wishes);
  const x = body.x + teamWidth;
  const width = body.width - teamWidth;
  const teamRows = Math.max(6, wishes.agentCount * 2 + 2);
  const hasLately = body.height - teamRows >= latelyRowsMin;
  const teamHeight = hasLately ? teamRows : body.height;
  return {
    team: { ...body, width: teamWidth, height: teamHeight },
    lately: hasLately
      ? { ...body, y: body.y + teamHeight, width: teamWidth, height: body.height - teamHeight }
      : null,
    board: { x, y: body.y, width, height: boardHeight },
    detail: { x, y: body.y + boardHeight, width, height: body.height - boardHeight },
  };
}

/** The board gets as much more room as it can use while it has the focus, at the cost of the terminal below it. */
function boardRows(height: number, { focus, boardRows: wanted }: Wishes): number {
  const resting = clamp(Math.floor(height * (height < 30 ? 0.38 : 0.42)), 6, 26);
  if (focus !== 'board') return resting;
  return clamp(wanted, resting, Math.floor(height * 0.65));
}

/**
 * What an agent's terminal is told of its size: that of the page at rest. Lines that come and go above
 * the panels, or a board that has the focus, hide some of its rows and make no agent draw anew.
 */
export function restingDetail(columns: number, rows: number, wishes: Wishes): Rect | null {
  const resting = { ...wishes, needsCount: 0, hasSince: false, focus: 'detail' as const };
  return arrange(columns, rows, resting).detail;
}

/** The part of a panel inside its border. */
export function inside(rect: Rect): Rect {
  return {
    x: rect.x + 1,
    y: rect.y + 1,
    width: Math.max(0, rect.width - 2),
    height: Math.max(0, rect.height - 2),
  };
}

/** A box of this size in the middle of the page, made smaller where it would not fit. */
export function centered(columns: number, rows: number, width: number, height: number): Rect {
  const fitWidth = Math.min(width, columns - 2);
  const fitHeight = Math.min(height, rows - 2);
  return {
    x: Math.max(0, Math.floor((columns - fitWidth) / 2)),
    y: Math.max(0, Math.floor((rows - fitHeight) / 2)),
    width: fitWidth,
    height: fitHeight,
  };
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
