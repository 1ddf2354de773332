import type { AgentCli, Sign, Signal, StatusReading } from '../../../ports/agent-cli.ts';
import type { RecordedEvent, Recording } from '../../recording/read-cast.ts';
import { XtermScreen } from '../../terminal/xterm-screen.ts';
import { countOf, objectOf, parseObject } from '../json-object.ts';

/** What hooks told while the recording was made. `at` in seconds from its beginning. */
export type RecordedHook = { readonly at: number; readonly line: string };

export type ReplayedReading = {
  readonly at: number;
  readonly label: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly reading: StatusReading;
};

/** Hook lines as `{"t": seconds since the epoch, "d": what the hook was given}`. Others are left out. */
export function readHookRecord(text: string, startedAt: number): readonly RecordedHook[] {
  return text.split('\n').flatMap(line => {
    const entry = parseObject(line);
    const t = countOf(entry?.['t']);
    const told = objectOf(entry?.['d']);
    return t === null || told === null ? [] : [{ at: t - startedAt, line: JSON.stringify(told) }];
  });
}

/**
 * Plays a recording into the same emulator and the same reading as a live terminal: a reading for each mark
 * and, with `everyMs`, for each such step of its time, with an empty label.
 */
export function replay(
  cli: Pick<AgentCli, 'readStatus'>,
  recording: Recording,
  {
    hooks = [],
    parseHook = () => [],
    everyMs = null,
  }: {
    readonly hooks?: readonly RecordedHook[];
    readonly parseHook?: (line: string) => readonly Signal[];
    readonly everyMs?: number | null;
  } = {},
): readonly ReplayedReading[] {
  const screen = new XtermScreen(recording.cols, recording.rows, {
    onChange: () => {},
    onReply: () => {},
  });
  const readings: ReplayedReading[] = [];
  const waiting = [...hooks];
  let told: { readonly sign: Sign; readonly at: number } | null = null;
  let lastOutputAt = 0;
  const events = everyMs === null ? recording.events : withSteps(recording.events, everyMs);
  for (const event of events) {
    while (waiting[0] !== undefined && waiting[0].at <= event.at) {
      const hook = waiting.shift() as RecordedHook;
      for (const signal of parseHook(hook.line))
        if (signal.kind === 'sign') told = { sign: signal.sign, at: hook.at };
    }
    if (event.kind === 'output') {
      screen.parse(Buffer.from(event.text));
      lastOutputAt = event.at;
      continue;
    }
    if (event.kind === 'resize') {
      screen.resize(event.cols, event.rows);
      continue;
    }
    const { at, label } = event;
    const { title, notification } = screen;
    const lines = screen.lines();
    const reading = cli.readStatus({
      told:
        told === null
          ? []
          : [{ source: 'its hook', sign: told.sign, ageMs: Math.max(0, (at - told.at) * 1000) }],
      ...{ title, notification, lines, quietMs: (at - lastOutputAt) * 1000 },
      now: ((recording.startedAt ?? 0) + at) * 1000,
    });
    readings.push({ at, label, title, lines, reading });
  }
  return readings;
}

function withSteps(events: readonly RecordedEvent[], everyMs: number): readonly RecordedEvent[] {
  const end = events.at(-1)?.at ?? 0;
  const count = Math.floor((end * 1000) / everyMs);
  const steps = Array.from(
    { length: count },
    (_, index): RecordedEvent => ({
      ...{ kind: 'mark', at: ((index + 1) * everyMs) / 1000, label: '' },
    }),
  );
  return [...events, ...steps].sort((one, other) => one.at - other.at);
}
