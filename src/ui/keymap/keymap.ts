import type { ActionId } from '../actions/action-ids.ts';
import { type Panel, panels } from '../layout/arrange.ts';

export type KeyRow = {
  /** Names as `keyNames` gives them; the first is the one that is shown. */
  readonly keys: readonly string[];
  readonly action: ActionId;
  /** Panels in which the keys mean this. */
  readonly panels: readonly Panel[];
  readonly group: 'Look' | 'Act' | 'Page';
};

const row = (
  group: KeyRow['group'],
  keys: string,
  action: ActionId,
  where: readonly Panel[] = panels,
): KeyRow => ({ keys: keys.split(' '), action, panels: where, group });

/** The one table of keys: the input, the footer, the help, the palette and the README are made from it. */
export const keymap: readonly KeyRow[] = [
  row('Look', 'w', 'needs.next'),
  row('Look', '1', 'panel.team'),
  row('Look', '2', 'panel.board'),
  row('Look', '3', 'panel.detail'),
  row('Look', '4 e', 'panel.needs'),
  row('Look', 'tab', 'panel.next'),
  row('Look', 'shift+tab', 'panel.previous'),
  row('Look', 'k up', 'move.up'),
  row('Look', 'j down', 'move.down'),
  row('Look', 'h left', 'move.left'),
  row('Look', 'l right', 'move.right'),
  row('Look', 'home', 'move.start'),
  row('Look', 'G end', 'move.end'),
  row('Look', 'ctrl+u pageup', 'scroll.up'),
  row('Look', 'ctrl+d pagedown', 'scroll.down'),
  row('Look', 'enter', 'item.open'),
  row('Look', 'd', 'view.diff'),
  row('Look', 't', 'view.gate'),
  row('Look', 'v', 'view.events'),
  row('Look', 'M', 'view.threads'),
  row('Look', ']', 'view.next'),
  row('Look', '[', 'view.previous'),
  row('Look', 'J', 'hunk.next', ['detail']),
  row('Look', 'K', 'hunk.previous', ['detail']),
  row('Look', '>', 'file.next', ['detail']),
  row('Look', '<', 'file.previous', ['detail']),
  row('Look', 'V', 'view.plan'),
  row('Look', '#', 'view.numbers'),
  row('Look', 'o', 'view.panes'),
  row('Look', 'b', 'view.replay'),
  row('Look', 'z', 'view.zoom'),
  row('Look', 'esc', 'page.back'),
  row('Act', 'n', 'task.add'),
  row('Act', 'g', 'goal.give'),
  row('Act', 'i', 'terminal.type'),
  row('Act', 's', 'message.say'),
  row('Act', 'S', 'message.write'),
  row('Act', 'c', 'line.comment', ['detail']),
  row('Act', 'y', 'question.yes'),
  row('Act', 'N', 'question.no'),
  row('Act', 'm', 'task.approve'),
  row('Act', 'r', 'task.reassign'),
  row('Act', 'R', 'task.retry'),
  row('Act', 'p', 'agent.pause', ['team', 'detail', 'needs']),
  row('Act', 'p', 'task.pause', ['board']),
  row('Act', 'P', 'team.pause'),
  row('Act', 'x', 'agent.stop', ['team', 'detail']),
  row('Act', 'x', 'needs.drop', ['needs']),
  row('Act', 'x', 'task.drop', ['board']),
  row('Act', 'E', 'task.escalate'),
  row('Act', 'D', 'task.split'),
  row('Act', 'A', 'plan.accept'),
  row('Act', 'B', 'plan.sendBack', ['detail', 'needs']),
  row('Act', 'X', 'plan.toggle', ['detail']),
  row('Act', '+', 'task.raise', ['board']),
  row('Act', '-', 'task.lower', ['board']),
  row('Act', 'ctrl+e', 'task.edit'),
  row('Act', '!', 'agent.shell'),
  row('Act', 'u', 'page.undo'),
  row('Act', 'L', 'task.forward', ['board', 'needs']),
  row('Act', 'H', 'task.backward', ['board']),
  row('Page', '/', 'page.filter'),
  row('Page', 'Y', 'page.copy'),
  row('Page', ':', 'page.palette'),
  row('Page', '?', 'page.help'),
  row('Page', 'T', 'page.theme'),
  row('Page', 'ctrl+l', 'page.redraw'),
  row('Page', 'ctrl+z', 'page.suspend'),
  row('Page', 'q ctrl+c', 'page.quit'),
];

/** Takes the keyboard back from an agent's terminal, unless the person's settings name another. */
export const leaveKeyByDefault = 'ctrl+g';

/** Where the person's own leave key stands for the one that is named. */
export const ofTerminal = 'Agent’s terminal';

/** Keys that mean something only while something else has the keyboard. Said here, obeyed where that is. */
export const otherKeys: readonly {
  readonly keys: string;
  readonly title: string;
  readonly where: string;
}[] = [
  {
    where: ofTerminal,
    keys: leaveKeyByDefault,
    title: 'back to the page (the leave key); every other key goes to the agent',
  },
  { where: 'Form', keys: 'ctrl+s', title: 'send' },
  { where: 'Form', keys: 'tab', title: 'next field' },
  { where: 'Form', keys: 'esc', title: 'leave; the text is kept as a draft' },
  { where: 'Question', keys: 'y', title: 'yes; every other key means no' },
  { where: 'Replay', keys: 'left', title: 'five seconds back; → forth, PgUp and PgDn by a minute' },
  { where: 'Replay', keys: '[', title: 'back to the mark before; ] to the next one' },
  { where: 'Replay', keys: ' ', title: 'play, and pause' },
  { where: 'Replay', keys: 'esc', title: 'back to the live terminal' },
  { where: 'List', keys: 'enter', title: 'choose; typing searches' },
  { where: 'Filter', keys: 'enter', title: 'keep it; @agent, !flag and #label narrow the board' },
  { where: 'Filter', keys: 'esc', title: 'clear it' },
  { where: 'Search', keys: 'enter', title: 'look back in the terminal; K and J go on' },
];

/** What a key means in a panel. */
export const actionFor = (rows: readonly KeyRow[], panel: Panel, key: string): ActionId | null =>
  rows.find(row => row.keys.includes(key) && row.panels.includes(panel))?.action ?? null;

/** The key that is shown for an action, in this panel or, failing that, in any. */
export function keyFor(
  rows: readonly KeyRow[],
  action: ActionId,
  panel: Panel | null = null,
): string | null {
  const own = rows.filter(one => one.action === action);
  const here = own.find(one => panel !== null && one.panels.includes(panel)) ?? own[0];
  return here?.keys[0] ?? null;
}

const spoken: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  ' ': 'Space',
};

/** A key as a person knows it: `Ctrl+g`, `Enter`, `x`. */
export const keyWord = (key: string): string => spoken[key] ?? key.replace(/^ctrl\+/, 'Ctrl+');
