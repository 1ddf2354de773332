import type { AgentStatus } from '../core/agent.ts';
import type { Clock } from '../ports/clock.ts';
import type { Terminal } from '../ports/terminals.ts';
import { interruptAgainMs } from './turn/interrupt-turn.ts';
import { typeApart } from './turn/type-apart.ts';

/** Between two looks whether a tool has ended, while a turn is about to be interrupted. */
const lookEveryMs = 250;
/** Between two looks while the keys would be taken for the answer to a question. */
const lookLaterMs = 1_000;
/** A tool that was seen to run longer than this is interrupted with its turn. */
const safePointWaitMs = 15_000;

const atWork: ReadonlySet<AgentStatus> = new Set<AgentStatus>(['working', 'retrying']);
const inTurn: ReadonlySet<AgentStatus> = new Set<AgentStatus>([...atWork, 'unknown']);
const asks: ReadonlySet<AgentStatus> = new Set<AgentStatus>(['permission', 'question']);

export type Paused = {
  readonly terminal: Pick<Terminal, 'hold' | 'release' | 'write' | 'exit' | 'runsTools'>;
  readonly clock: Clock;
  /** Null: for ever. */
  readonly holdsForMs: number | null;
  readonly interruptKeys: string;
  readonly status: () => AgentStatus | null;
  readonly onInterrupted: () => void;
};

/**
 * A pause of one running agent CLI. At first its whole process tree stands still, in the middle of a word. When
 * that would cost it the connection to its provider, it may run again and its turn is interrupted, between two
 * tools where possible; it then waits at its prompt.
 */
export class Pause {
  readonly #paused: Paused;
  #cancel: (() => void) | null = null;
  #isOver = false;

  constructor(paused: Paused) {
    this.#paused = paused;
  }

  async begin(): Promise<void> {
    const { terminal, clock, holdsForMs } = this.#paused;
    await terminal.hold();
    if (this.#isOver || holdsForMs === null) return;
    this.#cancel = clock.wakeAt(clock.now() + holdsForMs, () => void this.#letRun());
  }

  async end(): Promise<void> {
    this.#isOver = true;
    this.#cancel?.();
    await this.#paused.terminal.release();
  }

  async #letRun(): Promise<void> {
    const { terminal, status } = this.#paused;
    const isInTurn = inTurn.has(status() ?? 'idle');
    await terminal.release();
    if (isInTurn) this.#interrupt(safePointWaitMs);
  }

  #interrupt(waitMs: number, tries = 0): void {
    const { terminal, clock, interruptKeys, status, onInterrupted } = this.#paused;
    if (this.#isOver || terminal.exit !== null) return;
    const seen = status() ?? 'idle';
    const lookAfter = (ms: number, left: number) => {
      this.#cancel = clock.wakeAt(clock.now() + ms, () => this.#interrupt(left, tries));
    };
    if (asks.has(seen)) return lookAfter(lookLaterMs, waitMs);
    if (!inTurn.has(seen)) return;
    if (terminal.runsTools() && waitMs > 0) return lookAfter(lookEveryMs, waitMs - lookEveryMs);
    typeApart(
      terminal,
      clock,
      interruptKeys,
      tries,
      () => !this.#isOver && inTurn.has(status() ?? 'idle'),
    );
    if (tries === 0) onInterrupted();
    this.#cancel = clock.wakeAt(clock.now() + interruptAgainMs, () => {
      if (atWork.has(status() ?? 'idle')) this.#interrupt(waitMs - interruptAgainMs, tries + 1);
    });
  }
}
