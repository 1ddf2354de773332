type Entry = { at: number; readonly order: number; readonly run: () => void };

/** What is going to happen in the simulated world, in order of time and then of planning. */
export class Timeline {
  now = 1_700_000_000_000;
  #entries: Entry[] = [];
  #planned = 0;

  plan(delayMs: number, run: () => void): void {
    const entry = { at: this.now + delayMs, order: this.#planned, run };
    this.#planned += 1;
    const index = this.#entries.findLastIndex(other => other.at <= entry.at);
    this.#entries.splice(index + 1, 0, entry);
  }

  get nextAt(): number | null {
    return this.#entries[0]?.at ?? null;
  }

  runNext(): void {
    const entry = this.#entries.shift();
    if (entry === undefined) return;
    this.now = Math.max(this.now, entry.at);
    entry.run();
  }

  /** The machine sleeps: time goes on, nothing happens. */
  sleep(ms: number): void {
    this.now += ms;
    for (const entry of this.#entries) entry.at += ms;
  }

  clear(): void {
    this.#entries = [];
  }
}
