import type { AgentId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { AgentCli, Signal, StatusReading, TailLines } from '../ports/agent-cli.ts';
import type { Clock } from '../ports/clock.ts';
import type { Terminal } from '../ports/terminals.ts';

/** A busy screen is read at most this often; its frames come in pieces. */
const readEveryMs = 200;
/** A screen must be quiet this long before its last frame is believed to be whole. */
const settleMs = 600;

export type Watch = {
  /** The message whose receipt is awaited from now on. */
  expectReceipt(message: string): void;
  /** Why the newest status was chosen, for `explain`. */
  readonly reading: StatusReading | null;
  stop(): void;
};

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
    readonly signalFile: string | null;
    readonly clock: Clock;
    readonly tailLines: TailLines;
  },
  report: (observation: Observation) => void,
): Watch {
  const { agent, session, cli, terminal, clock } = given;
  let newest: { readonly signal: Signal; readonly at: number } | null = null;
  let reading: StatusReading | null = null;
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
    const next = cli.readStatus({
      signal: newest === null ? null : { signal: newest.signal, ageMs: now - newest.at },
      title: terminal.screen.title,
      lines: terminal.screen.lines(),
      quietMs: now - changedAt,
    });
    if (next.status === 'working') confirm();
    if (!isSameReading(reading, next)) {
      reading = next;
      report({ type: 'agent.looked', agent, session, ...next });
    }
    if (now - changedAt < settleMs) readAt(changedAt + settleMs);
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

  const takeSignal = (line: string) => {
    if (isStopped) return;
    const signal = cli.parseSignal(line);
    if (signal.kind === 'noise') return;
    if (signal.kind === 'promptReceived') return confirm();
    if (signal.kind === 'usage') {
      const { contextUsed, costUsd } = signal;
      return report({ type: 'agent.measured', agent, session, contextUsed, costUsd });
    }
    newest = { signal, at: clock.now() };
    cancelRead?.();
    read();
  };
  const stopTailing =
    given.signalFile === null ? () => {} : given.tailLines(given.signalFile, takeSignal);

  const stop = () => {
    isStopped = true;
    cancelRead?.();
    stopListening();
    stopTailing();
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
