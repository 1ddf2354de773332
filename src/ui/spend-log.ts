/** Once a minute for a day and a half; older absences are told from the oldest sample. */
const samplesMax = 2_160;
const sampleGapMs = 60_000;

type Sample = { readonly at: number; readonly dollars: number };

/** What the team had spent at earlier moments, to tell what an absence has cost. */
export class SpendLog {
  readonly #samples: Sample[] = [];

  /** `dollars` is the sum so far; null where no agent CLI tells. */
  record(at: number, dollars: number | null): void {
    if (dollars === null) return;
    const last = this.#samples.at(-1);
    if (last && at - last.at < sampleGapMs) return;
    this.#samples.push({ at, dollars });
    if (this.#samples.length > samplesMax) this.#samples.shift();
  }

  /** Spent from that moment until the sum is `dollars`; null where it is not known. */
  since(at: number, dollars: number | null): number | null {
    const before = this.#samples.findLast(one => one.at <= at) ?? this.#samples[0];
    return before && dollars !== null ? Math.max(0, dollars - before.dollars) : null;
  }
}
