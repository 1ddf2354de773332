import { formatDuration } from './duration.ts';
import { type Entry, totalsByCategory } from './ledger.ts';
import { formatMoney } from './money.ts';
import { renderTable } from './table.ts';

/** A ledger as a text table, one line per category. */
export function renderReport(entries: readonly Entry[]): string {
  const rows = totalsByCategory(entries).map(([category, total]) => [category, formatMoney(total)]);
  return renderTable([['category', 'total'], ...rows]);
}

/** One line about the time that was spent. */
export function renderTimeLine(minutes: number): string {
  return `time spent: ${formatDuration(minutes)}`;
}
