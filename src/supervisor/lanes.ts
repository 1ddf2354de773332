/**
 * Runs asynchronous work in lanes: in one lane one after the other, lanes beside each other.
 * An effect on an agent must not overtake the one before it; another agent must not wait for it.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #onError: (lane: string, error: unknown) => void;

  constructor(onError: (lane: string, error: unknown) => void) {
    this.#onError = onError;
  }

  run(lane: string, work: () => Promise<void>): void {
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const mine = before.then(work).catch((error: unknown) => this.#onError(lane, error));
    this.#tails.set(lane, mine);
    void mine.then(() => {
      if (this.#tails.get(lane) === mine) this.#tails.delete(lane);
    });
  }

  get isIdle(): boolean {
    return this.#tails.size === 0;
  }

  /** Resolves when every lane is empty, also of work that was added meanwhile. */
  async drained(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
