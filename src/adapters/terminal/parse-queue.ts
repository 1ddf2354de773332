/** Somebody whose bytes wait to be parsed. `takeTurn` does one bounded piece of work. */
export type Waiting = { readonly isVisible: boolean; takeTurn(): void };

/** Parsing in one turn of the event loop: keys and drawing wait no longer than this and one slice. */
const turnMs = 4;

/** Lets all terminals share the event loop: slice by slice, the visible first, nobody twice before another. */
export class ParseQueue {
  readonly #waiting: Waiting[] = [];
  #isArmed = false;

  /** A second call before its turn changes nothing. */
  enqueue(waiting: Waiting): void {
    if (this.#waiting.includes(waiting)) return;
    this.#waiting.push(waiting);
    this.#arm();
  }

  #arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isArmed = false;
    const start = performance.now();
    // Those that come back are left to the next round.
    const round = this.#waiting.splice(0).sort((a, b) => Number(b.isVisible) - Number(a.isVisible));
    while (round.length > 0 && performance.now() - start < turnMs) round.shift()?.takeTurn();
    this.#waiting.unshift(...round);
    if (this.#waiting.length > 0) this.#arm();
  }
}
