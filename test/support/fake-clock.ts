import type { Clock } from '../../src/ports/clock.ts';

const ringsMax = 10_000;

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  readonly #watchers = new Set<(gapMs: number) => void>();
  #nowMs: number;
  #alarms: { readonly at: number; readonly callback: () => void }[] = [];

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  wakeAt(at: number, callback: () => void): () => void {
    const alarm = { at, callback };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter(other => other !== alarm);
    };
  }

  /** Rings what falls due on the way, in order, each at its own time; also what those set anew. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    let rings = 0;
    for (let next = this.#nextBy(end); next !== undefined; next = this.#nextBy(end)) {
      rings += 1;
      if (rings > ringsMax) throw new Error('an alarm is set again and again without time passing');
      const { at, callback } = next;
      this.#alarms = this.#alarms.filter(other => other !== next);
      this.#nowMs = Math.max(this.#nowMs, at);
      callback();
    }
    this.#nowMs = end;
  }

  /** The wall clock is set, or the machine slept: whoever watches is told, and nothing rings until time passes. */
  jump(ms: number): void {
    this.#nowMs += ms;
    for (const onJump of this.#watchers) onJump(ms);
  }

  watchForJumps(onJump: (gapMs: number) => void): () => void {
    this.#watchers.add(onJump);
    return () => this.#watchers.delete(onJump);
  }

  /** When the next alarm rings; null when none is set. */
  get nextAlarm(): number | null {
    return this.#alarms.length === 0 ? null : Math.min(...this.#alarms.map(({ at }) => at));
  }

  #nextBy(end: number) {
    const due = this.#alarms.filter(({ at }) => at <= end);
    return due.reduce<(typeof due)[number] | undefined>(
      (first, alarm) => (first === undefined || alarm.at < first.at ? alarm : first),
      undefined,
    );
  }
}
