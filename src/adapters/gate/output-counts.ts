import { cleanText } from '../../lib/clean-text.ts';
import { mayCount, TestCounter, type TestCounts } from '../../lib/test-counts.ts';

/** No runner's row is longer; of one that is, the beginning is read. */
const rowCharsMax = 2_000;

/** Counts the tests of a whole run while its output passes by, however long it is. */
export class OutputCounts {
  #counter = new TestCounter();
  /** The beginning of a row whose end has not come yet. */
  #begun = '';
  /** What the command before said, until this one says something. */
  #before: TestCounts | null = null;

  get counts(): TestCounts | null {
    return this.#counter.counts ?? this.#before;
  }

  take(text: string): void {
    const end = text.lastIndexOf('\n');
    if (end === -1) {
      this.#begun = (this.#begun + text.slice(0, rowCharsMax)).slice(0, rowCharsMax);
      return;
    }
    const rows = this.#begun + text.slice(0, end);
    if (mayCount(rows)) for (const row of rows.split('\n')) this.#takeRow(row);
    this.#begun = text.slice(end + 1, end + 1 + rowCharsMax);
  }

  /** A new command: the same tests run again are not more tests. */
  startOver(): void {
    this.#takeRow(this.#begun);
    this.#begun = '';
    this.#before = this.counts;
    this.#counter = new TestCounter();
  }

  #takeRow(row: string): void {
    // Progress is drawn over by what comes behind a carriage return.
    const shown = row.trimEnd().slice(0, rowCharsMax);
    this.#counter.take(cleanText(shown.slice(shown.lastIndexOf('\r') + 1)));
  }
}
