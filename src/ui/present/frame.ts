import type { Panel, Rect } from '../layout/arrange.ts';
import { emptyLine, fitLine, type Line, lineWidth, span, type Tone } from './line.ts';

/** Weight of the border tells where the keys go, also without colour. */
export type FrameStyle = 'calm' | 'focused' | 'typing';

type Border = readonly [
  topLeft: string,
  top: string,
  topRight: string,
  side: string,
  bottomLeft: string,
  bottomRight: string,
];

const borders: Readonly<Record<FrameStyle, { readonly signs: Border; readonly tone: Tone }>> = {
  calm: { signs: ['╭', '─', '╮', '│', '╰', '╯'], tone: 'quiet' },
  focused: { signs: ['┏', '━', '┓', '┃', '┗', '┛'], tone: 'accent' },
  typing: { signs: ['╔', '═', '╗', '║', '╚', '╝'], tone: 'warn' },
};

export type Frame = {
  readonly title: Line;
  /** At the right end of the upper border. */
  readonly corner?: Line;
  /** At the right end of the lower border. */
  readonly foot?: Line;
  readonly style: FrameStyle;
};

/** How the border of a panel looks: heavy where the keys go. */
export const panelStyle = (
  { ui }: { readonly ui: { readonly focus: Panel } },
  panel: Panel,
): FrameStyle => (ui.focus === panel ? 'focused' : 'calm');

/** The rows of a bordered panel, each exactly as wide as `rect`. */
export function framed(frame: Frame, rows: readonly Line[], rect: Rect): Line[] {
  const { signs, tone } = borders[frame.style];
  const [topLeft, top, topRight, side, bottomLeft, bottomRight] = signs;
  const width = rect.width - 2;
  const edge = span(side, tone);
  const body = Array.from(
    { length: Math.max(0, rect.height - 2) },
    (_, y): Line => [edge, ...fitLine(rows[y] ?? emptyLine, width), edge],
  );
  return [
    [
      span(topLeft, tone),
      ...rule(top, tone, width, frame.title, frame.corner ?? emptyLine),
      span(topRight, tone),
    ],
    ...body,
    [
      span(bottomLeft, tone),
      ...rule(top, tone, width, emptyLine, frame.foot ?? emptyLine),
      span(bottomRight, tone),
    ],
  ];
}

/** A border with a title in it at the left and a note at the right, where there is room for both. */
function rule(sign: string, tone: Tone, width: number, title: Line, note: Line): Line {
  const left = title.length === 0 ? emptyLine : [span(sign, tone), span(' '), ...title, span(' ')];
  const right = note.length === 0 ? emptyLine : [span(' '), ...note, span(' '), span(sign, tone)];
  const hasRoom = lineWidth(left) + lineWidth(right) <= width;
  const end = hasRoom ? right : emptyLine;
  const fill = width - lineWidth(left) - lineWidth(end);
  if (fill < 0) return fitLine(left, width);
  return [...left, span(sign.repeat(fill), tone), ...end];
}
