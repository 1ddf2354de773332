import type { Screen } from '../../ports/terminals.ts';

/**
 * Rows to scroll back so that the next row with the text stands at the top, looking from the row that
 * stands there at `scrolledRows`; null when there is none in that direction. Case does not matter.
 */
export function searchScrollback(
  screen: Screen,
  text: string,
  scrolledRows: number,
  direction: 'older' | 'newer',
): number | null {
  const wanted = text.toLowerCase();
  const top = screen.scrollbackRows - scrolledRows;
  const step = direction === 'older' ? -1 : 1;
  const end = screen.scrollbackRows + screen.rows;
  for (let at = top + step; at >= 0 && at < end; at += step) {
    if (rowText(screen, at).toLowerCase().includes(wanted))
      return Math.max(0, screen.scrollbackRows - at);
  }
  return null;
}

/** Row `at`, counted from the oldest that can still be read. */
function rowText(screen: Screen, at: number): string {
  const scrolledRows = Math.max(0, screen.scrollbackRows - at);
  const y = at - (screen.scrollbackRows - scrolledRows);
  return screen
    .row(y, scrolledRows)
    .map(run => run.text)
    .join('');
}

/** What the screen shows when scrolled back so far, as plain rows without the empty ones at the end. */
export function shownText(screen: Screen, scrolledRows: number): string {
  const top = screen.scrollbackRows - Math.min(scrolledRows, screen.scrollbackRows);
  return Array.from({ length: screen.rows }, (_, y) => rowText(screen, top + y).trimEnd())
    .join('\n')
    .trimEnd();
}
