import type { Instant } from '../core/ids.ts';
import type { Clock } from '../ports/clock.ts';

/** The one timer: rings at the state's next deadline. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #armedFor: Instant | null = null;
  #cancel: () => void = () => {};

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  arm(at: Instant | null): void {
    if (at === this.#armedFor) return;
    this.#cancel();
    this.#cancel = () => {};
    this.#armedFor = at;
    if (at === null) return;
    this.#cancel = this.#clock.wakeAt(at, () => {
      this.#armedFor = null;
      this.#ring();
    });
  }
}
