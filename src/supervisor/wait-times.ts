import type { StatusReading } from '../ports/agent-cli.ts';

/**
 * Keeps when a parked agent may go on as it was told first: “resets 3pm” that is still on the screen at four does
 * not mean tomorrow.
 */
export class WaitTimes {
  #words = '';
  #until: StatusReading['until'] = null;

  kept(reading: StatusReading): StatusReading {
    if (reading.until === undefined) return reading;
    if (reading.reason !== this.#words) {
      this.#words = reading.reason;
      this.#until = reading.until;
    }
    return this.#until === undefined ? reading : { ...reading, until: this.#until };
  }
}
