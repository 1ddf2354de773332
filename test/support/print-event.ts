import type { Event, EventBody } from '../../src/core/event.ts';

/** One event as one short line, for tables and diffs: `gate.started T-1/1 run=1 subject=candidate`. */
export function printEvent(event: Event | EventBody): string {
  const {
    type,
    at: _at,
    task,
    attempt,
    agent,
    ...rest
  } = event as EventBody & {
    readonly at?: number;
    readonly task?: string | null;
    readonly attempt?: number | null;
    readonly agent?: string;
  };
  const about = task == null ? [] : [attempt == null ? task : `${task}/${attempt}`];
  const details = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== '' && value !== false)
    .map(([name, value]) => `${name}=${printValue(value)}`);
  return [type, ...(agent === undefined ? [] : [agent]), ...about, ...details].join(' ');
}

const printValue = (value: unknown): string =>
  typeof value === 'string' && !/[\s=]/.test(value) ? value : JSON.stringify(value);
