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

/** `at` in seconds from the beginning. */
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
  const header = parse(lines[0] ?? '') as Readonly<Record<string, unknown>> | undefined;
  const [cols, rows] = [header?.['width'], header?.['height']];
  if (header?.['version'] !== 2 || typeof cols !== 'number' || typeof rows !== 'number')
    throw new RecordingError('line 1: this is no asciicast of version 2');
  const events = lines.slice(1).flatMap((line, index): RecordedEvent[] => {
    if (line.trim() === '') return [];
    const event = parse(line);
    if (!Array.isArray(event) || typeof event[0] !== 'number' || typeof event[2] !== 'string') {
      if (index === lines.length - 2) return [];
      throw new RecordingError(`line ${index + 2}: this is no event`);
    }
    const [at, kind, data] = event as [number, unknown, string];
    if (kind === 'o') return [{ kind: 'output', at, text: data }];
    const [, width, height] = (kind === 'r' && /^(\d+)x(\d+)$/.exec(data)) || [];
    if (width !== undefined && height !== undefined)
      return [{ kind: 'resize', at, cols: Number(width), rows: Number(height) }];
    return kind === 'm' ? [{ kind: 'mark', at, label: data }] : [];
  });
  const { command, timestamp } = header;
  const startedAt = typeof timestamp === 'number' ? timestamp : null;
  return { cols, rows, command: typeof command === 'string' ? command : '', startedAt, events };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return;
  }
}
