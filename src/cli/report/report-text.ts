import type { Figure } from '../../core/numbers/figure.ts';
import type { MemberFigures, TaskFigures } from '../../core/numbers/members.ts';
import type { Numbers } from '../../core/numbers/numbers.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { textWidth } from '../../lib/text-width.ts';
import { durationWords, figureWords, howWords } from '../../ui/present/numbers/figure-words.ts';
import { costMeasured, lostWords, tokensMeasured } from '../../ui/present/numbers/spent-words.ts';

/** The report as Markdown: tables that can be read as they are, too. `when` says of which time it tells. */
export function reportText(
  repository: string,
  when: string,
  numbers: Numbers,
  hasTasks: boolean,
): string {
  const { week, outcomes, members, tasks } = numbers;
  const parts = [
    `# ${cleanText(repository)}: what the team did`,
    when,
    table(figureHead, week.map(figureRow)),
    '## What came of it',
    table(figureHead, outcomes.map(figureRow)),
    '## By agent',
    table(memberHead, members.map(memberRow)),
    ...(hasTasks ? ['## By task', table(taskHead, tasks.map(taskRow))] : []),
    notes,
  ];
  return `${parts.join('\n\n')}\n`;
}

const notes = [
  '“At work”: from the assignment to the claim, by the clock of supervised time. “Given back”: by gate, git or',
  'person, or for want of work. “Without outcome”: on tasks that are over and that this agent did not land, also',
  'where another one built on its work.',
].join('\n');

const figureHead = ['', 'value', 'how it was measured'];
const figureRow = (one: Figure): string[] => [one.name, figureWords(one), howWords(one)];

const memberHead = [
  ...['agent', 'agent CLI', 'attempts', 'landed', 'given back', 'at work', 'tokens', 'cost'],
  'without outcome',
];

function memberRow({ agent, role, cli, used, lost, ...one }: MemberFigures): string[] {
  const isEngineer = role === 'engineer' || role === null;
  const ofTasks = (words: string | number) => (isEngineer ? String(words) : '–');
  return [
    ...[agent, cli ?? 'has left'],
    ...[one.attempts, one.landed, one.givenBack, durationWords(one.ms)].map(ofTasks),
    ...[tokensMeasured(used), costMeasured(used)],
    lost === null ? '–' : lostWords(lost),
  ];
}

const taskHead = [
  ...['task', 'title', 'outcome', 'engineers', 'attempts', 'catches', 'conflicts', 'at work'],
  ...['estimate', 'cost'],
];

const taskRow = (one: TaskFigures): string[] => [
  ...[one.task, one.title, one.outcome, one.agents.join(', ') || '–'],
  ...[String(one.attempts), String(one.gateCatches), String(one.conflicts), durationWords(one.ms)],
  one.estimateMinutes === null ? 'none given' : `${one.estimateMinutes} min`,
  costMeasured(one.used),
];

/** Columns are as wide as their widest cell, but for the last one. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cell));
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map(row => textWidth(row[column] ?? ''))),
  );
  const drawn = (row: readonly string[]) =>
    `| ${row.map((text, column) => padded(text, column, widths, row.length)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => '-'.repeat(column < head.length - 1 ? width + 2 : 5)).join('|')}|`;
  const [first = [], ...others] = cells;
  return [drawn(first), rule, ...others.map(drawn)].join('\n');
}

const padded = (text: string, column: number, widths: readonly number[], count: number): string =>
  column === count - 1
    ? text
    : text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(text)));

/** One row of a table, whatever a title says. */
const cell = (text: string): string => cleanText(text).replaceAll('|', '\\|');
