import type { Clock } from '../../ports/clock.ts';

/** `setTimeout` fires at once when asked for more (Node, "Timers"). */
const timerMsMax = 2 ** 31 - 1;
/** Rare enough that a quiet program stays quiet. */
const heartbeatMs = 5_000;
/** A busy machine may be late; only a sleeping one is this late. */
const lateMsMax = 3_000;
/** Wall and monotonic clock may drift this far apart between two beats, by a time server's slewing. */
const driftMsMax = 2_000;

export class SystemClock implements Clock {
  #meter: JumpMeter | null = null;
  #onJump: (gapMs: number) => void = () => {};

  /** Whoever watches for jumps is told of one before anybody judges by the new time. */
  now(): number {
    const now = Date.now();
    const gapMs = this.#meter?.look(now, performance.now()) ?? null;
    if (gapMs !== null) this.#onJump(gapMs);
    return now;
  }

  /** Timers count awake time, so after a sleep the wall time may have passed long before; see `watchForJumps`. */
  wakeAt(at: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const waitMs = at - Date.now();
      if (waitMs <= 0) callback();
      else timer = setTimeout(arm, Math.min(Math.ceil(waitMs), timerMsMax));
    };
    timer = setTimeout(arm, Math.min(Math.max(0, Math.ceil(at - Date.now())), timerMsMax));
    return () => clearTimeout(timer);
  }

  /**
   * Calls back when the machine slept, the process was stopped, or the wall clock was set; `gapMs` is how far
   * wall time moved beyond what passed in order, negative when it was set back. Noticed within 5 s.
   * Returns what stops it. Does not keep the program alive.
   */
  watchForJumps(onJump: (gapMs: number) => void): () => void {
    const meter = new JumpMeter(Date.now(), performance.now());
    this.#meter = meter;
    this.#onJump = onJump;
    const timer = setInterval(() => {
      const gapMs = meter.beat(Date.now(), performance.now());
      if (gapMs !== null) onJump(gapMs);
    }, heartbeatMs).unref();
    return () => {
      clearInterval(timer);
      this.#meter = null;
    };
  }
}

/** Compares two clocks between beats that should be 5 s apart. Measures nothing itself. */
export class JumpMeter {
  #wallMs: number;
  #monotonicMs: number;

  constructor(wallMs: number, monotonicMs: number) {
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
  }

  /**
   * Null when time passed in order. In suspend the monotonic clock stands still on Linux and macOS and the
   * wall clock goes on; while a process is stopped by a signal both go on, and only the beat is late.
   */
  beat(wallMs: number, monotonicMs: number): number | null {
    const gapMs = this.#gap(wallMs, monotonicMs, heartbeatMs);
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    return gapMs;
  }

  /** The same between two beats; one that was told is not told by the next beat. */
  look(wallMs: number, monotonicMs: number): number | null {
    const passedMs = Math.min(heartbeatMs, monotonicMs - this.#monotonicMs);
    const gapMs = this.#gap(wallMs, monotonicMs, passedMs);
    if (gapMs !== null) this.beat(wallMs, monotonicMs);
    return gapMs;
  }

  #gap(wallMs: number, monotonicMs: number, inOrderMs: number): number | null {
    const wallPassedMs = wallMs - this.#wallMs;
    const monotonicPassedMs = monotonicMs - this.#monotonicMs;
    const isLate = monotonicPassedMs > heartbeatMs + lateMsMax;
    const isApart = Math.abs(wallPassedMs - monotonicPassedMs) > driftMsMax;
    return isLate || isApart ? Math.round(wallPassedMs - inOrderMs) : null;
  }
}
