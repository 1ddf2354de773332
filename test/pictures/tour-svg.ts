import { darkPalette, type SvgPalette, svgPage } from '../support/screen-svg.ts';

/** One picture of the tour: its rows as `screenRows` gives them, and how long it stays, in seconds. */
export type TourFrame = { readonly rows: readonly string[]; readonly seconds: number };

/**
 * An SVG that shows one frame after the other, for ever. Rows that are the same in several frames are
 * written once: most of a page stays as it is from one moment to the next.
 */
export function tourSvg(
  frames: readonly TourFrame[],
  cols: number,
  palette: SvgPalette = darkPalette,
): string {
  const ids = new Map<string, string>();
  const idOf = (row: string): string => {
    const id = ids.get(row) ?? `r${ids.size}`;
    ids.set(row, id);
    return id;
  };
  const total = frames.reduce((sum, frame) => sum + frame.seconds, 0);
  let start = 0;
  const styles: string[] = [];
  const groups = frames.map(({ rows, seconds }, index) => {
    const from = percent(start, total);
    start += seconds;
    const to = percent(start, total);
    styles.push(
      `@keyframes f${index}{0%{visibility:${index === 0 ? 'visible' : 'hidden'}}${from}%{visibility:visible}${to}%{visibility:hidden}}`,
      `.f${index}{animation:f${index} ${total}s step-end infinite}`,
    );
    const uses = rows.flatMap((row, y) =>
      row === '' ? [] : [`<use href="#${idOf(row)}" ${svgPage.at(y)}/>`],
    );
    return `<g class="f${index}" visibility="${index === 0 ? 'visible' : 'hidden'}">${uses.join('')}</g>`;
  });
  const shared = [...ids].map(([row, id]) => `<g id="${id}">${row}</g>`);
  const height = Math.max(...frames.map(frame => frame.rows.length));
  const body = [`<style>${styles.join('')}</style>`, '<defs>', ...shared, '</defs>', ...groups];
  return svgPage.of(cols, height, palette, body);
}

const percent = (seconds: number, total: number): string => ((seconds / total) * 100).toFixed(3);
