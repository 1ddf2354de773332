import { apply } from '../../core/apply/apply.ts';
import { Fold } from '../../core/apply/fold.ts';
import type { Event } from '../../core/event.ts';
import type { TaskId } from '../../core/ids.ts';
import { dueReceiptsMax, knownReceiptsMax, receiptRetryMs } from '../../core/limits.ts';
import type { Receipt } from '../../core/receipt/receipt.ts';
import { beforeFact, receiptsOf } from '../../core/receipt/receipts-of.ts';
import type { State } from '../../core/state.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Concern } from '../../ports/concern.ts';
import type { Receipts, WrittenReceipt } from '../../ports/records/receipts.ts';
import type { Lanes } from '../lanes.ts';

type Given = {
  readonly receipts: Receipts;
  readonly lanes: Lanes;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

/**
 * Writes the receipts that durable facts make due, in a lane of their own: no turn and no landing waits for
 * them. What the disk refuses stays due, and is tried again by a turn that comes a while later.
 */
export class ReceiptDesk {
  readonly #given: Given;
  /** Number of the newest fact that was looked at. */
  #fact = 0;
  #due: readonly Receipt[] = [];
  #known: readonly WrittenReceipt[];
  readonly #listeners = new Set<() => void>();
  #concerns: readonly Concern[] = [];
  /** When the disk refused; null when it takes what it is given. */
  #refusedAt: number | null = null;

  constructor(given: Given) {
    this.#given = given;
    this.#known = given.receipts.recent;
    const { refusal } = given.receipts;
    if (refusal !== null) this.#complain(refusal);
  }

  /** That none can be written, until one is; the same list until something changed. */
  get concerns(): readonly Concern[] {
    return this.#concerns;
  }

  /** The person knows; told again when another write fails after one that did not. */
  note(key: string): void {
    this.#concerns = this.#concerns.filter(one => one.key !== key);
    this.#tell();
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
    const fold = new Fold();
    for (const [index, event] of facts.entries()) {
      const before = beforeFact(fold.state, event);
      fold.take(event);
      const fact = index + 1;
      if (fact > coveredTo) this.#owe(receiptsOf(before, event, fold.state, fact));
      else if (fact === coveredTo && last.length > 0)
        this.#owe(receiptsOf(before, event, fold.state, fact).filter(due => !isThere(due)));
    }
    const state = fold.keep();
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

  /** A clock that was set back ends the rest at once. */
  get #isResting(): boolean {
    const restedMs = this.#given.now() - (this.#refusedAt ?? Number.NEGATIVE_INFINITY);
    return restedMs >= 0 && restedMs < receiptRetryMs;
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
    if (due.length === 0 || this.#isResting) return;
    try {
      const written = await this.#given.receipts.append(due, isAfterwards);
      this.#due = this.#due.slice(due.length);
      this.#known = [...this.#known, ...written].slice(-knownReceiptsMax);
      if (this.#refusedAt !== null) this.#concerns = [];
      this.#refusedAt = null;
      this.#tell();
    } catch (error) {
      const isFirst = this.#refusedAt === null;
      this.#refusedAt = this.#given.now();
      if (isFirst) this.#complain(messageOf(error));
      return;
    }
    await this.#write(isAfterwards);
  }

  #complain(why: string): void {
    this.#given.log(`receipts: ${why}`);
    const since = this.#given.now();
    this.#concerns = [{ kind: 'receipts', key: 'receipts', since, agents: [], why }];
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
