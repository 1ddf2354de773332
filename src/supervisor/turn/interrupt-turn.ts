import type { StatusReading } from '../../ports/agent-cli.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Terminal } from '../../ports/terminals.ts';
import { typeApart } from './type-apart.ts';

/** Between two looks whether a tool has ended. */
const lookEveryMs = 250;
/** Between two looks while the keys would meet a prompt, a question, a pause or nobody knows what. */
const lookLaterMs = 1_000;
/** A busy program may swallow a key, or take two escapes for one. That it was cut shows within a few seconds. */
export const interruptAgainMs = 10_000;
/** A tool that was seen to run longer than this is interrupted with its turn. */
const safePointWaitMs = 15_000;

export type Turn = {
  readonly terminal: Pick<Terminal, 'write' | 'exit' | 'runsTools'>;
  readonly clock: Clock;
  /** None: this agent CLI does not bear it, and its turn is waited for. */
  readonly interruptKeys: string;
  /** Null while nothing was read. */
  readonly reading: () => Pick<StatusReading, 'status' | 'question'> | null;
  readonly isHeld: () => boolean;
  /** False once nothing waits for the end of the turn any more. */
  readonly isWanted: () => boolean;
  readonly onInterrupted: () => void;
};

/**
 * Interrupts a turn that is under way, between two tools where possible, so that the agent comes to its prompt.
 * The keys are typed only while it is seen to work: at its prompt they are not needed, and a question would take
 * them for its answer. Where it works on all the same, they are typed again.
 * `waitMs`: how much longer a tool is let go to its end. A prompt or pause in between takes nothing from it.
 */
export function interruptTurn(turn: Turn, waitMs = safePointWaitMs, tries = 0): void {
  const { terminal, clock, interruptKeys, reading, isHeld, isWanted, onInterrupted } = turn;
  if (interruptKeys === '' || terminal.exit !== null || !isWanted()) return;
  const now = clock.now();
  const isAtWork = () => {
    const { status = 'unknown', question = null } = reading() ?? {};
    return !isHeld() && (status === 'working' || status === 'retrying') && question === null;
  };
  if (!isAtWork()) {
    clock.wakeAt(now + lookLaterMs, () => interruptTurn(turn, waitMs, tries));
  } else if (terminal.runsTools() && waitMs > 0) {
    clock.wakeAt(now + lookEveryMs, () => interruptTurn(turn, waitMs - lookEveryMs, tries));
  } else {
    typeApart(terminal, clock, interruptKeys, tries, isAtWork);
    if (tries === 0) onInterrupted();
    const again = () => interruptTurn(turn, waitMs - interruptAgainMs, tries + 1);
    clock.wakeAt(now + interruptAgainMs, again);
  }
}
