import { fileWords } from '../../../core/briefing/page-words.ts';
import type { Attempt, Task } from '../../../core/task.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import type { TestCounts } from '../../../lib/test-counts.ts';
import { textWidth } from '../../../lib/text-width.ts';
import type { GateRun } from '../../../ports/gate.ts';
import { age, pastTime, stopwatch } from '../age.ts';
import { emptyLine, type Line, line, lineWidth, type Span, span, type Tone } from '../line.ts';
import { headed, textLines, wrapText } from '../wrap.ts';

/**
 * What the gate said of the selected task so far, then the run under way: command, time, counts and the
 * end of its output, so that the newest row is the last one.
 */
export function gateLines(
  run: GateRun | null,
  task: Task | null,
  now: number,
  width: number,
): Line[] {
  const past = task ? historyLines(task, width, now) : [];
  if (run && isToldWith(run, task)) return [...past, ...runLines(run, now, width)];
  if (past.length > 0) return past;
  return [
    line(' The gate has not run yet.', 'strong'),
    ...textLines(
      'It runs on the merge result as soon as an engineer says that a task is done.',
      width,
      'quiet',
      1,
    ),
  ];
}

/** What is over is told with its own task alone: under the name of another it would pass for that one's. */
export const isToldWith = (run: GateRun, task: Task | null): boolean =>
  run.endedAt === null || task === null || run.id.startsWith(`${task.id}-`);

function runLines(run: GateRun, now: number, width: number): Line[] {
  const words = [span(' '), ...runWords(run, now)];
  const place = `whole output: ${cleanText(run.logFile)}`;
  const hasRoom = lineWidth(words) + textWidth(place) + 2 <= width;
  return [
    hasRoom ? [...words, span(`  ${place}`, 'quiet')] : words,
    ...(hasRoom ? [] : textLines(place, width, 'quiet', 1)),
    ...wrapText(run.command, width - 3).map(
      (row, at): Line => [span(at === 0 ? ' $ ' : '   ', 'quiet'), span(row, 'strong')],
    ),
    emptyLine,
    ...run.tail.map(row => line(` ${cleanText(row)}`, outputTone(row))),
  ];
}

/** Which run, how long, and how many tests: what a person wants to know however far down its output they look. */
export function runWords(run: GateRun, now: number): Line {
  const isOver = run.endedAt !== null;
  const elapsed = stopwatch((run.endedAt ?? now) - run.startedAt);
  return [
    span(cleanText(run.id), 'title'),
    span(isOver ? `  ran ${elapsed}` : `  running ${elapsed}`, isOver ? 'quiet' : 'busy'),
    ...(run.counts ? [span('  '), ...countSpans(run.counts)] : []),
  ];
}

const countSpans = ({ passed, failed, skipped }: TestCounts): Span[] => [
  span(`✓ ${passed} passed`, passed > 0 ? 'good' : 'quiet'),
  span('  '),
  span(`× ${failed} failed`, failed > 0 ? 'bad' : 'quiet'),
  ...(skipped > 0 ? [span(`  ${skipped} skipped`, 'warn')] : []),
];

/** The rows that a person looks for in the output of tests, whatever runner wrote them. */
function outputTone(row: string): Tone {
  if (/^\s*(?:not ok|FAIL|×|✗|✖|--- FAIL|FAILED|error)\b|^\s*[×✗✖]|\bError:/i.test(row))
    return 'bad';
  return /^\s*(?:ok\b|✓|✔|PASS|--- PASS)/.test(row) ? 'good' : 'plain';
}

function historyLines(task: Task, width: number, now: number): Line[] {
  const judged = task.attempts.filter(attempt => attempt.end !== null);
  if (judged.length === 0) return [];
  return [
    [span(` ${task.id} at the gate`, 'title'), span(`  ${cleanText(task.title)}`)],
    ...judged.flatMap(attempt => verdictLines(attempt, width, now)),
    emptyLine,
  ];
}

function verdictLines(attempt: Attempt, width: number, now: number): Line[] {
  const { end, endedAt, number, agent } = attempt;
  const before = [
    span(` ${pastTime(endedAt ?? now, now)} `, 'quiet'),
    span(`attempt ${number} by ${agent}, ${age(attempt.startedAt, endedAt ?? now)}: `),
  ];
  const head = (text: string, tone: Tone): Line[] =>
    headed(before, span(text, tone), { width, indent: 7 });
  const below = (text: string): Line[] => textLines(text.trim(), width, 'plain', 7);
  switch (end?.kind) {
    case 'landed':
      return head(`landed as ${end.commit.slice(0, 7)}`, 'good');
    case 'conflicted':
      return head(`conflict in ${cleanText(fileWords(end.files, end.filesOmitted))}`, 'warn');
    case 'collided': {
      const others = end.others.join(', ') || 'what landed meanwhile';
      return [...head(`semantic conflict with ${others}`, 'warn'), ...below(end.excerpt)];
    }
    case 'sentBack':
      return [...head('sent back by you', 'warn'), ...below(end.text)];
    case 'withdrawn':
      return head(`withdrawn: ${cleanText(end.why)}`, 'quiet');
    case 'failed': {
      const word = end.reason === 'gate' ? 'caught' : end.reason.replace('-', ' ');
      return [...head(word, 'bad'), ...below(end.excerpt)];
    }
    case undefined:
      return [];
  }
}
