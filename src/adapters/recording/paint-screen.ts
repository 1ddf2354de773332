import type { CellStyle, Color, Screen } from '../../ports/terminals.ts';

/** Output that draws an empty terminal like this screen: a recording that begins in the middle needs it. */
export function paintScreen(screen: Screen): string {
  let painted = '\u001b[0m\u001b[2J';
  for (let y = 0; y < screen.rows; y += 1) {
    const runs = screen.row(y);
    if (runs.length === 0) continue;
    painted += `\u001b[${y + 1};1H`;
    for (const { text, style } of runs) painted += `\u001b[${sgr(style)}m${text}`;
    painted += '\u001b[0m';
  }
  const { x, y, isVisible } = screen.cursor;
  return `${painted}\u001b[${y + 1};${x + 1}H${isVisible ? '\u001b[?25h' : '\u001b[?25l'}`;
}

const flags = [
  ['bold', 1],
  ['dim', 2],
  ['italic', 3],
  ['underline', 4],
  ['inverse', 7],
  ['strikethrough', 9],
] as const;

function sgr(style: CellStyle): string {
  const codes = flags.filter(([name]) => style[name]).map(([, code]) => String(code));
  return ['0', ...codes, ...color(style.fg, 38), ...color(style.bg, 48)].join(';');
}

function color(given: Color, extended: 38 | 48): readonly string[] {
  if (given.kind === 'default') return [];
  if (given.kind === 'indexed') return [`${extended};5;${given.index}`];
  const { rgb } = given;
  return [`${extended};2;${(rgb >> 16) & 255};${(rgb >> 8) & 255};${rgb & 255}`];
}
