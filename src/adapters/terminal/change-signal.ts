/** Tells listeners that something changed: never at once, and at most once per interval. */
export class ChangeSignal {
  readonly #intervalMs: number;
  readonly #mayWait: () => boolean;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #raisedAt = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** While `mayWait` is true listeners are told later, but not later than `waitMsMax`. */
  constructor(intervalMs: number, mayWait: () => boolean) {
    this.#intervalMs = intervalMs;
    this.#mayWait = mayWait;
  }

  raise(): void {
    if (this.#timer !== null) return;
    this.#raisedAt = performance.now();
    this.#arm(Math.max(0, this.#toldAt + this.#intervalMs - this.#raisedAt));
  }

  /** Returns what unsubscribes. */
  subscribe(listener: () => void): () => void {
    // The same function may subscribe twice.
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(() => this.#tell(), delayMs);
  }

  #tell(): void {
    const now = performance.now();
    // A timer counts from the beginning of the event loop's turn, which may be some ms ago.
    const earlyMs = this.#toldAt + this.#intervalMs - now;
    if (earlyMs > 0) {
      this.#arm(Math.ceil(earlyMs));
      return;
    }
    if (this.#mayWait() && now - this.#raisedAt < waitMsMax) {
      this.#arm(this.#intervalMs);
      return;
    }
    this.#timer = null;
    this.#toldAt = now;
    for (const listener of this.#listeners) listener();
  }
}

/** A program that begins a frame and never ends it is shown all the same. */
const waitMsMax = 100;
