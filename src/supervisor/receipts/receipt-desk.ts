import { apply } from '../../core/apply/apply.ts';
import type { Event } from '../../core/event.ts';
import type { TaskId } from '../../core/ids.ts';
import { dueReceiptsMax, knownReceiptsMax } from '../../core/limits.ts';
import type { Receipt } from '../../core/receipt/receipt.ts';
import { receiptsOf } from '../../core/receipt/receipts-of.ts';
import { emptyState, type State } from '../../core/state.ts';
import type { Receipts, WrittenReceipt } from '../../ports/records/receipts.ts';
import type { Lanes } from '../lanes.ts';

type Given = {
  readonly receipts: Receipts;
  readonly lanes: Lanes;
  /** Tells the person. */
  readonly notify: (text: string) => void;
};

/**
 * Writes the receipts that durable facts make due, in a lane of their own: no turn and no landing waits for
 * them. What the disk refuses stays due, and goes with the next one.
 */
export class ReceiptDesk {
  readonly #given: Given;
  /** Number of the newest fact that was looked at. */
  #fact = 0;
  #due: readonly Receipt[] = [];
  #known: readonly WrittenReceipt[];
  readonly #listeners = new Set<() => void>();
  #hasFailed = false;

  constructor(given: Given) {
    this.#given = given;
    this.#known = given.receipts.recent;
  }

  /**
   * Writes what an earlier run owed and could not write; never rejects. `facts`: the whole journal. Resolves
   * with its fold, so that nobody folds a long journal twice.
   */
  async catchUp(facts: readonly Event[]): Promise<State> {
    this.#fact = facts.length;
    const { coveredTo, recent } = this.#given.receipts;
    // Of the last fact only a part may have been written.
    const last = recent.filter(({ fact }) => fact === coveredTo);
    const isThere = ({ kind }: Receipt) => last.some(one => one.kind === kind);
    let state = emptyState;
    for (const [index, event] of facts.entries()) {
      const next = apply(state, event);
      const fact = index + 1;
      if (fact > coveredTo) this.#owe(receiptsOf(state, event, next, fact));
      else if (fact === coveredTo && last.length > 0)
        this.#owe(receiptsOf(state, event, next, fact).filter(due => !isThere(due)));
      state = next;
    }
    await this.#write(true);
    return state;
  }

  /** `before`: the state before these facts, which are the newest of the journal. */
  take(before: State, events: readonly Event[]): void {
    let state = before;
    for (const event of events) {
      this.#fact += 1;
      const next = apply(state, event);
      this.#owe(receiptsOf(state, event, next, this.#fact));
      state = next;
    }
    if (this.#due.length > 0) this.#given.lanes.run('receipts', () => this.#write(false));
  }

  /** The newest receipts about a task, oldest first; those of long ago are in the file only. */
  of(task: TaskId): readonly WrittenReceipt[] {
    return this.#known.filter(one => one.task === task);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #owe(receipts: readonly Receipt[]): void {
    if (receipts.length > 0) this.#due = [...this.#due, ...receipts];
  }

  async #write(isAfterwards: boolean): Promise<void> {
    const due = this.#due.slice(0, dueReceiptsMax);
    if (due.length === 0) return;
    try {
      const written = await this.#given.receipts.append(due, isAfterwards);
      this.#due = this.#due.slice(due.length);
      this.#known = [...this.#known, ...written].slice(-knownReceiptsMax);
      for (const listener of this.#listeners) listener();
    } catch (error) {
      this.#complain(error);
      return;
    }
    await this.#write(isAfterwards);
  }

  /** Once: the person has read it, and what is due is counted by `belfry verify`. */
  #complain(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const why = error instanceof Error ? error.message : String(error);
    this.#given.notify(
      `A receipt cannot be written: ${why}. The team goes on; what is missing is written as soon as the disk ` +
        'takes it, at the next start at the latest. “belfry verify” says what is missing.',
    );
  }
}
