import { actions } from '../actions/actions.ts';
import type { Panel } from '../layout/arrange.ts';
import { type KeyRow, keymap, keyWord, ofTerminal, otherKeys } from './keymap.ts';

const beginMark = '<!-- keys:begin -->';
const endMark = '<!-- keys:end -->';

const groupTitles: Readonly<Record<KeyRow['group'], string>> = {
  Act: 'Do',
  Look: 'Look',
  Page: 'This page',
};

const panelNames: Readonly<Record<Panel, string>> = {
  team: 'team',
  board: 'board',
  detail: 'detail',
  needs: 'needs you',
};

/** Every key as a Markdown table, from the same rows that the keyboard obeys. */
export function keyTable(): string {
  const rows = (['Act', 'Look', 'Page'] as const).flatMap(group => [
    `| **${groupTitles[group]}** | |`,
    ...keymap.filter(row => row.group === group).map(keyRow),
  ]);
  const others = otherKeys.map(({ keys, title, where }) => {
    const own = where === ofTerminal ? '; `leaveKey` in the settings names another' : '';
    return `| ${code(keys)} | ${where}: ${title}${own} |`;
  });
  return ['| Key | What it does |', '|---|---|', ...rows, '| **Elsewhere** | |', ...others].join(
    '\n',
  );
}

function keyRow({ keys, action, panels: where }: KeyRow): string {
  const isEverywhere = where.length === Object.keys(panelNames).length;
  const places = isEverywhere ? '' : ` (${where.map(panel => panelNames[panel]).join(', ')})`;
  return `| ${keys.map(code).join(' ')} | ${actions[action].title}${places} |`;
}

const code = (key: string): string => `\`${keyWord(key).replaceAll('|', '\\|')}\``;

/** The text with the table between its marks; null where it has no marks. */
export function withKeyTable(text: string): string | null {
  const begin = text.indexOf(beginMark);
  const end = text.indexOf(endMark);
  if (begin === -1 || end < begin) return null;
  const before = text.slice(0, begin + beginMark.length);
  return `${before}\n${keyTable()}\n${text.slice(end)}`;
}
