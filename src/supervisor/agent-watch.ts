import type { AgentId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import { outputStepBytes } from '../core/limits.ts';
import type {
  AgentCli,
  ReadingNotes,
  Sign,
  Signal,
  SignalSource,
  StatusReading,
} from '../ports/agent-cli.ts';
import type { Clock } from '../ports/clock.ts';
import type { Terminal } from '../ports/terminals.ts';
import { exitReason, isSessionGone } from './exit-reason.ts';
import { type Follow, followSources } from './follow-sources.ts';
import { QuestionSerial } from './question-serial.ts';
import { WaitTimes } from './wait-times.ts';

/** A busy screen is read at most this often; its frames come in pieces. */
const readEveryMs = 400;
/** A screen must be quiet this long before its last frame is believed to be whole. */
const settleMs = 600;
/**
 * Signals of one change arrive one after the other and contradict each other meanwhile: a contradiction counts
 * when it lasts. Longer than any delay between Claude Code's hooks, title and session file that was seen.
 */
export const doubtMs = 2_500;

/** Each report of usage is a fact in the journal; a record that is read again after a resumption tells hundreds at once. */
const usageEveryMs = 1_000;

type Usage = Omit<Extract<Signal, { kind: 'usage' }>, 'kind'>;

export type Watched = {
  readonly agent: AgentId;
  readonly session: string;
  /** It was started to go on with what the session held. */
  readonly isResumed: boolean;
  readonly cli: AgentCli;
  readonly terminal: Terminal;
  readonly sources: readonly SignalSource[];
  readonly clock: Clock;
  readonly follow: Follow;
  readonly notes: ReadingNotes;
};

/**
 * Turns one agent's terminal and signals into observations. Thousands of bytes go in; only a change of
 * status, usage or life comes out.
 */
export class AgentWatch {
  readonly #watched: Watched;
  readonly #report: (observation: Observation) => void;
  readonly #told = new Map<string, { readonly sign: Sign; readonly at: number }>();
  readonly #questions: QuestionSerial;
  readonly #waits = new WaitTimes();
  readonly #stopListening: () => void;
  readonly #stopFollowing: () => void;
  #usage: Usage = { contextUsed: null, costUsd: null, tokens: null };
  #measured = this.#usage;
  #reported: StatusReading | null = null;
  #latest: StatusReading | null = null;
  #bytesTold = 0;
  #doubtedAt: number | null = null;
  #awaited: string | null = null;
  #changedAt: number;
  #cancelRead: (() => void) | null = null;
  #cancelMeasure: (() => void) | null = null;
  #cancelReceipt: (() => void) | null = null;
  #readDue = 0;
  #isStopped = false;
  #noted = '';

  constructor(watched: Watched, report: (observation: Observation) => void) {
    this.#watched = watched;
    this.#report = report;
    this.#questions = new QuestionSerial(watched.session);
    this.#changedAt = watched.clock.now();
    this.#stopListening = watched.terminal.onChange(() => this.#changed());
    this.#stopFollowing = followSources(watched.sources, watched.follow, (source, signal) =>
      this.#take(source, signal),
    );
  }

  /** The status that was reported last. */
  get reading(): StatusReading | null {
    return this.#reported;
  }

  /** The newest reading with all that told for and against it, reported or still doubted; for `explain`. */
  get latest(): StatusReading | null {
    return this.#latest;
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** The message whose receipt is awaited from now on. */
  expectReceipt(message: string): void {
    this.#awaited = message;
  }

  /** The question on the screen was answered by keys. */
  answered(): void {
    this.#questions.answered(this.#watched.clock.now());
    this.#readAt(this.#questions.askAgainAt ?? 0);
  }

  stop(): void {
    if (!this.#isStopped && this.#usage !== this.#measured) this.#reportUsage();
    if (this.#cancelReceipt !== null) this.#confirm();
    this.#isStopped = true;
    this.#cancelRead?.();
    this.#cancelMeasure?.();
    this.#stopListening();
    this.#stopFollowing();
  }

  #changed(): void {
    const { terminal, clock } = this.#watched;
    if (terminal.exit !== null) return this.#ended();
    this.#changedAt = clock.now();
    this.#readAt(this.#changedAt + readEveryMs);
  }

  #ended(): void {
    const { agent, session, isResumed, terminal } = this.#watched;
    this.stop();
    const reason = exitReason(terminal);
    this.#report({ type: 'agent.exited', agent, session, reason });
    // Once it has come up, such words are the conversation's.
    const hasBegun = !['starting', 'unknown'].includes(this.#reported?.status ?? 'starting');
    if (isResumed && !hasBegun && isSessionGone(reason))
      this.#report({ type: 'agent.sessionLost', agent, session });
  }

  #take(source: string, signal: Signal): void {
    if (this.#isStopped) return;
    const { clock } = this.#watched;
    if (signal.kind === 'promptReceived') return this.#received();
    if (signal.kind === 'usage') {
      this.#usage = joined(this.#usage, signal);
      return this.#measure();
    }
    if (signal.kind !== 'sign') return;
    this.#told.set(source, { sign: signal.sign, at: clock.now() });
    this.#cancelRead?.();
    this.#read();
  }

  /** At once, and then as often as anybody reads it. */
  #measure(): void {
    if (this.#cancelMeasure !== null) return;
    const { clock } = this.#watched;
    this.#reportUsage();
    this.#cancelMeasure = clock.wakeAt(clock.now() + usageEveryMs, () => {
      this.#cancelMeasure = null;
      if (this.#usage !== this.#measured) this.#measure();
    });
  }

  #reportUsage(): void {
    const { agent, session } = this.#watched;
    this.#measured = this.#usage;
    this.#report({ type: 'agent.measured', agent, session, ...this.#usage });
  }

  /**
   * The prompt is there, but a turn that has begun is seen a moment later: a receipt told before that would have
   * an agent that still passes for idle take the next message, or be replaced for it.
   */
  #received(): void {
    const { clock } = this.#watched;
    if (this.#awaited === null || this.#cancelReceipt !== null) return;
    this.#cancelReceipt = clock.wakeAt(clock.now() + doubtMs, () => this.#confirm());
  }

  #confirm(): void {
    this.#cancelReceipt?.();
    this.#cancelReceipt = null;
    if (this.#awaited === null) return;
    this.#report({ type: 'message.confirmed', id: this.#awaited });
    this.#awaited = null;
  }

  /** The earliest time that was asked for counts; each reading asks anew for what lies behind it. */
  #readAt(at: number): void {
    if (this.#isStopped || (this.#cancelRead !== null && this.#readDue <= at)) return;
    this.#cancelRead?.();
    this.#readDue = at;
    this.#cancelRead = this.#watched.clock.wakeAt(at, () => this.#read());
  }

  #read(): void {
    this.#cancelRead = null;
    const { cli, terminal, clock } = this.#watched;
    if (this.#isStopped || terminal.exit !== null) return;
    const now = clock.now();
    const { signals } = cli.abilities;
    const told = [...this.#told]
      .map(([source, { sign, at }]) => ({ source, sign, ageMs: now - at }))
      .sort((one, other) => signals.indexOf(one.source) - signals.indexOf(other.source));
    const { title, notification } = terminal.screen;
    const lines = terminal.screen.lines();
    const quietMs = now - this.#changedAt;
    const read = this.#questions.number(
      cli.readStatus({ told, title, notification, lines, quietMs, now }),
      now,
    );
    const next = this.#waits.kept(read);
    this.#latest = next;
    this.#note(next, title, now);
    this.#doubtedAt = next.status === 'unknown' ? (this.#doubtedAt ?? now) : null;
    const doubtedUntil = this.#doubtedAt === null ? now : this.#doubtedAt + doubtMs;
    this.#readAgain(now, doubtedUntil);
    const bytes = terminal.bytesReceived;
    // Whoever floods without a pause never changes its status, and is judged by how much it puts out.
    const isFlood = bytes - this.#bytesTold >= outputStepBytes;
    if (doubtedUntil > now) return;
    if (!isSameReading(this.#reported, next) || isFlood) this.#tell(next, bytes);
    // While its provider is out, nothing but its attempts tells that it has the prompt.
    if (next.status === 'working' || next.status === 'retrying') this.#confirm();
  }

  #tell(reading: StatusReading, bytes: number): void {
    const { agent, session } = this.#watched;
    this.#reported = reading;
    this.#bytesTold = bytes;
    const { status, reason, question, until } = reading;
    const parked = until === undefined ? {} : { until };
    const looked = { agent, session, status, reason, question, bytes, ...parked };
    this.#report({ type: 'agent.looked', ...looked });
  }

  /** Only what is new is kept: a spinner in a title is not. */
  #note(reading: StatusReading, title: string, at: number): void {
    const { agent, session, cli, notes } = this.#watched;
    const { tokens } = this.#usage;
    const stamp = JSON.stringify([reading, tokens]);
    if (stamp === this.#noted) return;
    this.#noted = stamp;
    const reported = this.#reported?.status ?? null;
    notes.keep({ at, agent, session, cli: cli.name, title, reading, reported, tokens });
  }

  /** Time alone changes a reading: frames settle, a doubt lasts, what counted for a while counts no longer. */
  #readAgain(now: number, doubtedUntil: number): void {
    const ends = [...this.#told.values()].map(({ sign, at }) => at + (sign.holdsForMs ?? 0) + 1);
    const times = [this.#changedAt + settleMs, doubtedUntil, this.#questions.askAgainAt ?? 0];
    const ahead = [...times, ...ends].filter(at => at > now);
    if (ahead.length > 0) this.#readAt(Math.min(...ahead));
  }
}

/** What one source does not tell stays as another told it. */
const joined = (before: Usage, told: Usage): Usage => ({
  contextUsed: told.contextUsed ?? before.contextUsed,
  costUsd: told.costUsd ?? before.costUsd,
  tokens: told.tokens ?? before.tokens,
  ...onlyTold('model', told.model ?? before.model),
  ...onlyTold('contextWindow', told.contextWindow ?? before.contextWindow),
});

const onlyTold = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };

function isSameReading(before: StatusReading | null, after: StatusReading): boolean {
  return (
    before !== null &&
    before.status === after.status &&
    before.question?.id === after.question?.id &&
    before.reason === after.reason
  );
}
