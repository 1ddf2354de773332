import type { Event } from '../../core/event.ts';
import { cleanBlock, cleanText } from '../../lib/clean-text.ts';
import type { GateRun } from '../../ports/gate.ts';
import { clockTime, stopwatch } from './age.ts';
import { eventWords } from './event-words.ts';
import { emptyLine, type Line, line, span, type Tone } from './line.ts';

/** The texts that the detail panel shows beside a terminal. */

/** The gate's command, how long it has run, and the end of its output. */
export function gateLines(run: GateRun | null, now: number): Line[] {
  if (!run) {
    return [
      line('The gate has not run yet.', 'strong'),
      line('It runs on the merge result as soon as an engineer says that a task is done.', 'quiet'),
    ];
  }
  const isOver = run.endedAt !== null;
  const elapsed = stopwatch((run.endedAt ?? now) - run.startedAt);
  return [
    [
      span(cleanText(run.id), 'strong'),
      span(isOver ? `  ran ${elapsed}` : `  running ${elapsed}`, isOver ? 'quiet' : 'busy'),
      span(`  whole output: ${cleanText(run.logFile)}`, 'quiet'),
    ],
    [span('$ ', 'quiet'), span(cleanText(run.command))],
    emptyLine,
    ...run.tail.map(row => line(cleanText(row))),
  ];
}

const noTone: Tone = 'plain';

/** A unified diff. `null` while it is being read. */
export function diffLines(text: string | null): Line[] {
  if (text === null) return [line('Reading the diff …', 'quiet')];
  if (text.trim() === '') {
    return [
      line('Nothing differs from the trunk yet.', 'strong'),
      line('The branch of this task holds no commit of its own.', 'quiet'),
    ];
  }
  return cleanBlock(text)
    .split('\n')
    .map(row => line(row, diffTone(row)));
}

function diffTone(row: string): Tone {
  if (row.startsWith('diff ') || row.startsWith('+++') || row.startsWith('---')) return 'strong';
  if (row.startsWith('@@')) return 'accent';
  if (row.startsWith('+')) return 'good';
  if (row.startsWith('-')) return 'bad';
  return noTone;
}

/** What happened, newest first; notices of the start come last. */
export function eventLines(events: readonly Event[], notices: readonly string[]): Line[] {
  const rows: Line[] = [];
  for (const event of events.toReversed()) {
    const said = eventWords(event);
    if (said) rows.push([span(`${clockTime(event.at)} `, 'quiet'), span(said.text, said.tone)]);
  }
  rows.push(...notices.map(notice => [span('start ', 'quiet'), span(cleanText(notice), 'warn')]));
  return rows.length > 0 ? rows : [line('Nothing has happened yet.', 'quiet')];
}
