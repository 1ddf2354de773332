import type { Signal } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, signal } from '../signs.ts';

const attemptPattern =
  /^\[[^\]]+\] \[WARN\] Attempt (\d+) failed(?: with (?:status )?(\d+|5xx)(?: error[^.]*)?|: (.*))?\. Retrying (?:with backoff\.\.\.(.*)|after (\d+)ms)/;
/** Half a minute at most lies between two attempts, and the next one takes its time. */
const backoffHoldsMs = 40_000;

/** It shows an input box long before it takes anything; then it may put a dialog over it. */
const setsUpHoldsMs = 20_000;

/** After that it drops what is typed for a moment longer, above all when it shows a resumed chat. */
const settlesMs = 3_000;

/** Those of a limit have four. */
const messageLinesMax = 20;

const notIdle = ['starting', ...busy, ...asking, 'failed', 'exited'] as const;

const notYet = (says: string, holdsForMs: number): readonly Signal[] => [
  signal(sign('starting', notIdle, says, { holdsForMs })),
];

/**
 * Reads the log for what the screen does not tell: that it is not set up yet, and that attempts failed, while the
 * title says that it works. That an attempt succeeded is not logged; the chat file tells it.
 */
export function createLogParser(): (line: string) => readonly Signal[] {
  let begun: readonly string[] = [];
  return line => {
    // What a provider says of a limit has several lines, and what comes of it stands at the end of the last.
    const goesOn = begun.length > 0 && begun.length < messageLinesMax && !line.startsWith('[');
    begun = goesOn ? [...begun, line] : /\] \[WARN\] Attempt \d+ failed: /.test(line) ? [line] : [];
    const signals = parseEntry(goesOn ? begun.join(' ') : line);
    if (signals.length > 0) begun = [];
    return signals;
  };
}

function parseEntry(line: string): readonly Signal[] {
  if (/^\[[^\]]+\] \[DEBUG\] Experiments loaded/.test(line))
    return notYet('it sets itself up', setsUpHoldsMs);
  if (/^\[[^\]]+\] \[DEBUG\] \[STARTUP\] StartupProfiler\.flush\(\) called/.test(line))
    return notYet('it has just set itself up', settlesMs);
  const found = attemptPattern.exec(line);
  if (found === null) return [];
  const [, attempt, status, message, thrown = '', waitMs] = found;
  const inside = /"message":"((?:[^"\\]|\\.)*)"/.exec(thrown)?.[1];
  const told = message ?? inside ?? thrown.replace(/^\s*Error: (exception )?/, '');
  const error = [status, shortened(told)].filter(Boolean).join(' ') || 'an error';
  const says = `attempt ${attempt} failed: ${error}`;
  const holdsForMs = backoffHoldsMs + Number(waitMs ?? 0);
  return [signal(sign('retrying', [...busy, ...asking, ...over], says, { holdsForMs }))];
}
