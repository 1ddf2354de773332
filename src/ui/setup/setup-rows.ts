import type { Role } from '../../core/agent.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { fitText } from '../../lib/text-width.ts';
import { columnsMin, inside, type Rect, rowsMin } from '../layout/arrange.ts';
import { charactersOf } from '../model/text-field.ts';
import { framed } from '../present/frame.ts';
import { aimed, emptyLine, fitLine, type Line, line, span } from '../present/line.ts';
import { rowWithCursor } from '../present/overlay.ts';
import { textLines } from '../present/wrap.ts';
import {
  cliOf,
  gateField,
  loginFor,
  type OfferedCli,
  type Setup,
  type SetupFacts,
  type SetupRow,
  scriptedCli,
  setupRows,
} from './setup.ts';

/** The whole set-up in a terminal of this size, each row exactly as wide as it. */
export function setupPage(
  setup: Setup,
  facts: SetupFacts,
  columns: number,
  rows: number,
): readonly Line[] {
  if (columns < columnsMin || rows < rowsMin)
    return textLines(
      `Belfry needs ${columnsMin}×${rowsMin} characters to set up a team. q leaves.`,
      columns,
    );
  const rect: Rect = { x: 0, y: 0, width: columns, height: rows - 1 };
  const room = inside(rect);
  const frame = {
    title: [
      span('Belfry', 'title'),
      span(' · first start in ', 'quiet'),
      span(cleanText(facts.repository), 'strong'),
    ],
    style: 'focused',
  } as const;
  const { lines, selected } = content(setup, facts, room.width);
  const first = Math.max(0, Math.min(selected, lines.length - room.height));
  return [...framed(frame, lines.slice(first), rect), fitLine(footer(setup), columns)];
}

type Content = { readonly lines: readonly Line[]; readonly selected: number };

/** The rows inside the frame, and the one that a low terminal must begin with to show what is selected. */
function content(setup: Setup, facts: SetupFacts, width: number): Content {
  const intro = textLines(
    'This repository has no team yet. Enter writes .belfry/team.yaml as chosen below, and starts. ' +
      'Everything can be changed in that file later.',
    width - 1,
    'plain',
    1,
  );
  const head = [
    emptyLine,
    ...intro,
    emptyLine,
    line(' Agent CLIs on this machine', 'title'),
    ...cliLines(facts, width),
    emptyLine,
    line(' The team', 'title'),
  ];
  const at = setupRows.indexOf(setup.row);
  const fields = setupRows.map(row => fieldLine(row, setup, facts, width));
  const note = noteLines(setup, facts, width);
  // What a choice means stands below the row that is chosen.
  const lines = [...head, ...fields.slice(0, at + 1), ...note, ...fields.slice(at + 1)];
  return { lines, selected: Math.max(0, head.length - 1) };
}

const nameWidth = 10;

function cliLines({ offered, missing }: SetupFacts, width: number): Line[] {
  const found = offered.map(
    ({ name, version, login }): Line =>
      fitLine(
        [
          span('   ✓ ', 'good'),
          span(fitText(name, nameWidth)),
          span(cleanText(versionWords(version)), 'quiet'),
          span(' · ', 'quiet'),
          span(cleanText(loginWord(login)), isLoggedIn(login) ? 'quiet' : 'warn'),
        ],
        width,
      ),
  );
  const none = textLines(
    'None was found. Install Claude Code, Codex or another one and press r; until then the only choice is ' +
      'scripted, which does no more than a scenario file says. “belfry demo” shows such a team at work.',
    width - 3,
    'warn',
    3,
  );
  const rest = `not found: ${missing.join(', ')}`;
  return [
    ...(offered.length === 0 ? none : found),
    ...(missing.length === 0 ? [] : textLines(rest, width - 3, 'quiet', 3)),
  ];
}

const versionWords = (version: OfferedCli['version']): string =>
  version === undefined ? 'asking its version …' : (version ?? 'does not tell its version');
const isLoggedIn = ({ isSeen, passes }: OfferedCli['login']) => isSeen || passes.length > 0;
const loginWord = ({ isSeen, words, passes }: OfferedCli['login']): string => {
  if (isSeen) return 'login is there';
  return passes.length > 0 ? `${passes.join(', ')} is set` : `login: ${words}`;
};

const labels: Readonly<Record<SetupRow, string>> = {
  gate: 'Test command',
  architect: 'Architect',
  manager: 'Manager',
  engineer: 'Engineers',
  engineers: 'How many',
};
const labelWidth = 15;

function fieldLine(row: SetupRow, setup: Setup, facts: SetupFacts, width: number): Line {
  const isSelected = row === setup.row;
  const spans = fitLine(
    [
      span(isSelected ? ' ▸ ' : '   ', 'accent'),
      span(fitText(labels[row], labelWidth), isSelected ? 'strong' : 'plain'),
      ...valueSpans(row, setup, facts, width - labelWidth - 3),
    ],
    width,
  );
  return aimed(spans, { kind: 'row', row: setupRows.indexOf(row) });
}

/** Room for the arrow of a value that can be changed. */
const indent = span('  ');

function valueSpans(row: SetupRow, setup: Setup, facts: SetupFacts, width: number): Line {
  const isSelected = row === setup.row;
  if (row === 'gate') {
    const field = gateField(setup, facts);
    if (setup.isEditing)
      return [indent, ...rowWithCursor(charactersOf(field.text), field.cursor, width - 2)];
    return field.text === ''
      ? [indent, span('none found', 'warn')]
      : [indent, span(cleanText(field.text))];
  }
  const value = row === 'engineers' ? String(setup.engineers) : cliOf(setup, facts, row);
  if (!isSelected) return [indent, span(cleanText(value))];
  return [
    ...aimed([span('‹ ', 'key')], { kind: 'key', key: 'left' }),
    span(cleanText(value), 'strong'),
    ...aimed([span(' ›', 'key')], { kind: 'key', key: 'right' }),
  ];
}

function noteLines(setup: Setup, facts: SetupFacts, width: number): Line[] {
  const note = textLines(noteOf(setup, facts), width - 2, 'quiet', labelWidth + 3);
  const { problem } = setup;
  return problem === null
    ? note
    : [...textLines(problem, width - 2, 'bad', labelWidth + 3), ...note];
}

const roleWords: Readonly<Record<Role, string>> = {
  architect:
    'Plans: turns your goals into tasks. You see each plan, and accept it with one key, before work begins.',
  manager: 'Decides when an engineer is at its end: advice, another engineer, or your word.',
  engineer: 'Work, each in a worktree and on a branch of its own. They ask before they act.',
};

function noteOf(setup: Setup, facts: SetupFacts): string {
  const { row } = setup;
  if (row === 'engineers') return 'How many work at once. Each costs what its agent CLI costs.';
  if (row !== 'gate') return `${roleWords[row]}${loginNote(cliOf(setup, facts, row), facts)}`;
  const first = facts.setup
    ? ` First “${facts.setup.command}” runs, as ${facts.setup.foundIn} asks.`
    : '';
  const purpose = `Must pass on the merge result before anything lands.${first}`;
  const isGuess = setup.gate === null || setup.gate.text === facts.gate?.command;
  if (facts.gate !== null && isGuess) return `Found: ${facts.gate.foundIn}. ${purpose}`;
  return facts.gate === null
    ? `Nothing in this repository tells how its tests are run. ${purpose}`
    : purpose;
}

function loginNote(name: string, facts: SetupFacts): string {
  if (name === scriptedCli) return ' Plays a scenario, without a model.';
  const login = loginFor(name, facts);
  if (login === undefined || login.isSeen) return '';
  return login.passes.length > 0
    ? ` No login is seen: team.yaml will name ${login.passes.join(', ')}, so that they get it; its value is written nowhere.`
    : ` Login ${login.words}.`;
}

function footer(setup: Setup): Line {
  const shown = (name: string, words: string): Line => [
    span(` ${name} `, 'key'),
    span(`${words}  `, 'quiet'),
  ];
  const key = (name: string, words: string, pressed = name.toLowerCase()): Line =>
    aimed(shown(name, words), { kind: 'key', key: pressed });
  if (setup.isStarting) return [span(' starting …', 'busy')];
  if (setup.isEditing) return [...key('Enter', 'keep'), ...key('Esc', 'as found')];
  return [
    ...key('Enter', 'start'),
    ...key('q', 'leave'),
    ...shown('↑↓', 'choose'),
    ...(setup.row === 'gate' ? key('e', 'edit') : key('←→', 'change', 'right')),
    ...key('+-', 'engineers', '+'),
    ...key('r', 'look again'),
  ];
}
