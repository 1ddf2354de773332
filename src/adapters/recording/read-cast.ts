import { clampSize } from '../terminal/xterm-screen.ts';

/** A recorded terminal: what its program printed and when, and the places that were marked. */
export type Recording = {
  readonly cols: number;
  readonly rows: number;
  /** What was started, as far as the file tells. */
  readonly command: string;
  /** Seconds since the Unix epoch; null where the file does not tell. */
  readonly startedAt: number | null;
  readonly events: readonly RecordedEvent[];
};

/** `at` in seconds from the beginning. A size is one that a terminal can have, whatever the file says. */
export type RecordedEvent =
  | { readonly kind: 'output'; readonly at: number; readonly text: string }
  | { readonly kind: 'mark'; readonly at: number; readonly label: string }
  | { readonly kind: 'resize'; readonly at: number; readonly cols: number; readonly rows: number };

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/**
 * Reads asciicast version 2 (docs.asciinema.org/manual/asciicast/v2): a header, then one event a line. A torn
 * last line is left out. Throws `RecordingError` with the line.
 */
export function readCast(text: string): Recording {
  const lines = text.split('\n');
  const header = readHeader(lines[0] ?? '');
  if (header === null) throw new RecordingError('line 1: this is no asciicast of version 2');
  const events = lines.slice(1).flatMap((line, index): RecordedEvent[] => {
    if (line.trim() === '') return [];
    const event = readEvent(line);
    if (event === undefined && index < lines.length - 2)
      throw new RecordingError(`line ${index + 2}: this is no event`);
    return event == null ? [] : [event];
  });
  return { ...header, events };
}

/** What the first line of a recording says; null when it is none. */
export function readHeader(line: string): Omit<Recording, 'events'> | null {
  const header = parse(line) as Readonly<Record<string, unknown>> | undefined;
  const [cols, rows] = [header?.['width'], header?.['height']];
  if (header?.['version'] !== 2 || typeof cols !== 'number' || typeof rows !== 'number')
    return null;
  const { command, timestamp } = header;
  const startedAt = typeof timestamp === 'number' ? timestamp : null;
  return {
    ...clampSize(cols, rows),
    command: typeof command === 'string' ? command : '',
    startedAt,
  };
}

/** What a further line says; null where that is nothing of ours, undefined when it is no event. */
export function readEvent(line: string): RecordedEvent | null | undefined {
  const event = parse(line);
  if (!Array.isArray(event) || typeof event[0] !== 'number' || typeof event[2] !== 'string') return;
  const [at, kind, data] = event as [number, unknown, string];
  if (kind === 'o') return { kind: 'output', at, text: data };
  const [, width, height] = (kind === 'r' && /^(\d+)x(\d+)$/.exec(data)) || [];
  if (width !== undefined && height !== undefined)
    return { kind: 'resize', at, ...clampSize(Number(width), Number(height)) };
  return kind === 'm' ? { kind: 'mark', at, label: data } : null;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return;
  }
}
