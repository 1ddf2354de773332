import type { AgentId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { AgentCli, Sign, Signal, SignalSource, StatusReading } from '../ports/agent-cli.ts';
import type { Clock } from '../ports/clock.ts';
import type { Terminal } from '../ports/terminals.ts';
import { type Follow, followSources } from './follow-sources.ts';
import { QuestionSerial } from './question-serial.ts';

/** A busy screen is read at most this often; its frames come in pieces. */
const readEveryMs = 200;
/** A screen must be quiet this long before its last frame is believed to be whole. */
const settleMs = 600;
/**
 * Signals of one change arrive one after the other and contradict each other meanwhile: a contradiction counts
 * when it lasts. Longer than any delay between Claude Code's hooks, title and session file that was seen.
 */
const doubtMs = 2_500;

export type Watch = {
  /** The message whose receipt is awaited from now on. */
  expectReceipt(message: string): void;
  /** The newest status with all that told for and against it, for `explain`. */
  readonly reading: StatusReading | null;
  stop(): void;
};

type Usage = Omit<Extract<Signal, { kind: 'usage' }>, 'kind'>;

/**
 * Turns one agent's terminal and signals into observations. Thousands of bytes go in; only a change of
 * status, usage or life comes out.
 */
export function watchAgent(
  given: {
    readonly agent: AgentId;
    readonly session: string;
    readonly cli: AgentCli;
    readonly terminal: Terminal;
    readonly sources: readonly SignalSource[];
    readonly clock: Clock;
    readonly follow: Follow;
  },
  report: (observation: Observation) => void,
): Watch {
  const { agent, session, cli, terminal, clock } = given;
  const told = new Map<string, { readonly sign: Sign; readonly at: number }>();
  const questions = new QuestionSerial(session);
  let usage: Usage = { contextUsed: null, costUsd: null, tokens: null };
  let reading: StatusReading | null = null;
  let doubtedAt: number | null = null;
  let awaited: string | null = null;
  let changedAt = clock.now();
  let cancelRead: (() => void) | null = null;
  let isStopped = false;

  const confirm = () => {
    if (awaited === null) return;
    report({ type: 'message.confirmed', id: awaited });
    awaited = null;
  };

  const read = () => {
    cancelRead = null;
    if (isStopped || terminal.exit !== null) return;
    const now = clock.now();
    const next = questions.number(
      cli.readStatus({
        told: [...told].map(([source, { sign, at }]) => ({ source, sign, ageMs: now - at })),
        title: terminal.screen.title,
        lines: terminal.screen.lines(),
        quietMs: now - changedAt,
      }),
    );
    if (next.status === 'working') confirm();
    if (now - changedAt < settleMs) readAt(changedAt + settleMs);
    doubtedAt = next.status === 'unknown' ? (doubtedAt ?? now) : null;
    if (doubtedAt !== null && now - doubtedAt < doubtMs) return readAt(doubtedAt + doubtMs);
    if (isSameReading(reading, next)) return;
    reading = next;
    const { status, reason, question, until } = next;
    const parked = until === undefined ? {} : { until };
    report({ type: 'agent.looked', agent, session, status, reason, question, ...parked });
  };

  const readAt = (at: number) => {
    if (cancelRead !== null || isStopped) return;
    cancelRead = clock.wakeAt(at, read);
  };

  const stopListening = terminal.onChange(() => {
    if (terminal.exit !== null) {
      stop();
      report({ type: 'agent.exited', agent, session, reason: exitReason(terminal) });
      return;
    }
    changedAt = clock.now();
    readAt(changedAt + readEveryMs);
  });

  const takeSignal = (source: string, signal: Signal) => {
    if (isStopped) return;
    if (signal.kind === 'promptReceived') return confirm();
    if (signal.kind === 'usage') {
      usage = joined(usage, signal);
      const { contextUsed, costUsd } = usage;
      return report({ type: 'agent.measured', agent, session, contextUsed, costUsd });
    }
    if (signal.kind !== 'sign') return;
    told.set(source, { sign: signal.sign, at: clock.now() });
    cancelRead?.();
    read();
    // What counts for a while only is looked at again when that time is over.
    const { holdsForMs } = signal.sign;
    if (holdsForMs !== null) readAt(clock.now() + holdsForMs + 1);
  };
  const stopFollowing = followSources(given.sources, given.follow, takeSignal);

  const stop = () => {
    isStopped = true;
    cancelRead?.();
    stopListening();
    stopFollowing();
  };

  return {
    expectReceipt(message) {
      awaited = message;
    },
    get reading() {
      return reading;
    },
    stop,
  };
}

/** What one source does not tell stays as another told it. */
const joined = (before: Usage, told: Usage): Usage => ({
  contextUsed: told.contextUsed ?? before.contextUsed,
  costUsd: told.costUsd ?? before.costUsd,
  tokens: told.tokens ?? before.tokens,
});

function isSameReading(before: StatusReading | null, after: StatusReading): boolean {
  return (
    before !== null &&
    before.status === after.status &&
    before.question?.id === after.question?.id &&
    before.reason === after.reason
  );
}

function exitReason(terminal: Terminal): string {
  const { code, signal } = terminal.exit ?? { code: 0, signal: 0 };
  const how = signal > 0 ? `ended by signal ${signal}` : `exited with code ${code}`;
  const lastLine = terminal.screen.lines().findLast(line => line.trim() !== '');
  return lastLine === undefined ? how : `${how}: ${lastLine.trim().slice(0, 200)}`;
}
