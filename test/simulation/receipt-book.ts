// What receipts are due, counted beside the core: each run, each attempt's end and each landing has one, in order.
import { ok } from 'node:assert/strict';
import type { Event } from '../../src/core/event.ts';
import { receiptsOf } from '../../src/core/receipt/receipts-of.ts';
import type { State } from '../../src/core/state.ts';

export class ReceiptBook {
  /** Commits and trees on which a receipt says that the gate passed. */
  readonly #passed = new Set<string>();
  readonly #attempts = new Set<string>();
  #fact = 0;
  #runs = 0;
  #attestedRuns = 0;

  take(before: State, event: Event, after: State): void {
    this.#fact += 1;
    if (event.type === 'gate.started') this.#runs += 1;
    const due = receiptsOf(before, event, after, this.#fact);
    for (const one of due) {
      if (one.kind === 'gate') {
        this.#attestedRuns += 1;
        if (one.subject === 'candidate' && one.result === 'green')
          this.#passed.add(`${one.what.commit} ${one.what.tree}`);
      }
      if (one.kind !== 'attempt') continue;
      const about = `${one.task}/${one.attempt}`;
      ok(!this.#attempts.has(about), `${about} is attested twice`);
      this.#attempts.add(about);
    }
    // The run under way, or cut off, is the only one without a receipt.
    const open = this.#runs - this.#attestedRuns;
    ok(open === 0 || open === 1, `${open} gate runs have no receipt`);
    if (event.type !== 'landing.finished') return;
    const landing = due.find(one => one.kind === 'landing');
    ok(landing?.what.commit === event.commit, `${event.task} landed without a receipt`);
    ok(
      this.#passed.has(`${event.commit} ${landing.what.tree}`),
      `${event.task} landed on a tree of which no receipt says that the gate passed`,
    );
  }
}
