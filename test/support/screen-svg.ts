import type { IBufferCell, Terminal } from '@xterm/headless';

export type SvgPalette = {
  readonly background: string;
  readonly foreground: string;
  /** The 16 colours that a terminal's theme defines. */
  readonly colors: readonly string[];
};

export const darkPalette: SvgPalette = {
  background: '#16181d',
  foreground: '#d5d8de',
  colors: [
    ...['#2b2f38', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
    ...['#6b7280', '#ef8891', '#b2dd95', '#f2d398', '#84c4f7', '#d79ae8', '#7fd0da', '#ffffff'],
  ],
};

export const lightPalette: SvgPalette = {
  background: '#fbfaf7',
  foreground: '#2c3038',
  colors: [
    ...['#24292f', '#c4313b', '#2f7d32', '#9a6700', '#0b61c4', '#8a3fc0', '#0f7c85', '#d8d8d4'],
    ...['#6a7078', '#d9434d', '#3f9142', '#b07a10', '#2a78d8', '#a05bd0', '#1d929b', '#ffffff'],
  ],
};

const cellWidth = 9;
const cellHeight = 19;
const fontSize = 15;
const margin = 12;

type Run = { x: number; width: number; text: string; fg: string; bg: string; style: string };

/**
 * What a terminal shows, row by row, each drawn as if it were the first. Every run of cells has its width
 * written down, so fonts may differ.
 */
export function screenRows(terminal: Terminal, palette: SvgPalette = darkPalette): string[] {
  return Array.from({ length: terminal.rows }, (_, y) =>
    runsOf(terminal, y, palette)
      .map(run => runSvg(run, palette))
      .join(''),
  );
}

/** Where rows go, and the picture around them. */
export const svgPage = {
  at: (y: number): string => `y="${y * cellHeight}"`,
  moved: (y: number): string => `transform="translate(0 ${y * cellHeight})"`,
  of(cols: number, rows: number, palette: SvgPalette, body: readonly string[]): string {
    const width = cols * cellWidth + 2 * margin;
    const height = rows * cellHeight + 2 * margin;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="100%" height="100%" rx="8" fill="${palette.background}"/>`,
      `<g font-family="'DejaVu Sans Mono','Menlo','Consolas',monospace" font-size="${fontSize}" xml:space="preserve">`,
      ...body,
      '</g></svg>',
      '',
    ].join('\n');
  },
};

function runsOf(terminal: Terminal, y: number, palette: SvgPalette): Run[] {
  const buffer = terminal.buffer.active;
  const line = buffer.getLine(buffer.viewportY + y);
  const runs: Run[] = [];
  if (!line) return runs;
  for (let x = 0; x < terminal.cols; x += 1) {
    const cell = line.getCell(x);
    if (!cell || cell.getWidth() === 0) continue;
    const { fg, bg, style } = look(cell, palette);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    // Signs outside ASCII get a run of their own: fonts disagree about their width.
    const isPlain = /^[ -~─-╿]$/.test(text);
    const isSame = last && last.fg === fg && last.bg === bg && last.style === style;
    if (isSame && isPlain && /[ -~─-╿]$/.test(last.text)) {
      last.text += text;
      last.width += 1;
    } else runs.push({ x, width: cell.getWidth(), text, fg, bg, style });
  }
  return runs;
}

function look(cell: IBufferCell, palette: SvgPalette) {
  let fg = colorOf(
    cell.getFgColor(),
    cell.isFgDefault(),
    cell.isFgRGB(),
    palette.foreground,
    palette,
  );
  let bg = colorOf(
    cell.getBgColor(),
    cell.isBgDefault(),
    cell.isBgRGB(),
    palette.background,
    palette,
  );
  if (cell.isInverse()) [fg, bg] = [bg, fg];
  const styles = [
    cell.isBold() ? 'font-weight="700"' : '',
    cell.isDim() ? 'opacity="0.6"' : '',
    cell.isItalic() ? 'font-style="italic"' : '',
    cell.isUnderline() ? 'text-decoration="underline"' : '',
    cell.isStrikethrough() ? 'text-decoration="line-through"' : '',
  ];
  return { fg, bg, style: styles.filter(one => one !== '').join(' ') };
}

function colorOf(
  color: number,
  isDefault: boolean,
  isRgb: boolean,
  otherwise: string,
  palette: SvgPalette,
): string {
  if (isDefault) return otherwise;
  if (isRgb) return hex(color);
  if (color < 16) return palette.colors[color] ?? otherwise;
  if (color >= 232) return hex((8 + (color - 232) * 10) * 0x010101);
  const level = (index: number): number => (index === 0 ? 0 : 55 + index * 40);
  const cube = color - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return hex((level(red) << 16) | (level(green) << 8) | level(blue));
}

const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;

function runSvg(run: Run, palette: SvgPalette): string {
  const x = margin + run.x * cellWidth;
  const top = margin;
  const width = run.width * cellWidth;
  const back =
    run.bg === palette.background
      ? ''
      : `<rect x="${x}" y="${top}" width="${width}" height="${cellHeight}" fill="${run.bg}"/>`;
  if (run.text.trim() === '') return back;
  // Few fonts have this one, and a box in its place would be read as a fault.
  const text = run.text.replaceAll('⎿', '└').replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`);
  return `${back}<text x="${x}" y="${top + 14}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${run.fg}" ${run.style}>${text}</text>`;
}
