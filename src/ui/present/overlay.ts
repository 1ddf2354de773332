import { cleanText } from '../../lib/clean-text.ts';
import { cutText, fitText, textWidth } from '../../lib/text-width.ts';
import { keyWord } from '../keymap/keymap.ts';
import { centered, inside, type Rect } from '../layout/arrange.ts';
import type { Option, Overlay } from '../model/model.ts';
import { charactersOf, type TextField } from '../model/text-field.ts';
import { formBox } from './form/form-box.ts';
import { keyed } from './form/keyed.ts';
import { type Frame, framed } from './frame.ts';
import {
  aimed,
  emptyLine,
  fitLine,
  type Line,
  line,
  lineText,
  lineWidth,
  span,
  tinted,
} from './line.ts';
import { overlayOptions } from './options.ts';
import type { Picture } from './picture.ts';
import { textLines, wrapText } from './wrap.ts';

export type OverlayBox = { readonly rect: Rect; readonly rows: readonly Line[] };

/** The box in front of the page, or null when none is open. */
export function overlayBox(picture: Picture, columns: number, rows: number): OverlayBox | null {
  const { overlay } = picture.ui;
  if (overlay === null) return null;
  switch (overlay.kind) {
    case 'filter':
    case 'search':
    case 'replay':
      return null;
    case 'confirm':
      return confirmBox(overlay, columns, rows);
    case 'form':
      return formBox(overlay, columns, rows);
    default:
      return listBox(overlay, overlayOptions(overlay, picture), columns, rows);
  }
}

function confirmBox(
  overlay: Extract<Overlay, { kind: 'confirm' }>,
  columns: number,
  rows: number,
): OverlayBox {
  const width = Math.min(64, columns - 2);
  const whole = overlay.text.flatMap(one => textLines(one, width - 4, 'plain', 1));
  const fitting = Math.max(1, rows - 7);
  const rest = whole.length - fitting + 1;
  const text =
    rest <= 1 ? whole : [...whole.slice(0, fitting - 1), line(` … and ${rest} more rows`, 'warn')];
  const button = (key: string, word: string, isChosen: boolean): Line =>
    aimed([span(` ${keyWord(key)}  ${word} `, isChosen ? 'selected' : 'plain')], {
      kind: 'key',
      key,
    });
  const answers = [
    ...button('n', 'No', !overlay.isYes),
    span('   '),
    ...button('y', 'Yes', overlay.isYes),
  ];
  const isOnlyRead = overlay.intents.length === 0;
  const buttons = [span(' '), ...(isOnlyRead ? button('enter', 'Close', true) : answers)];
  const rect = centered(columns, rows, width, text.length + 5);
  const frame = { title: [span(overlay.title, 'strong')], style: 'focused' } as const;
  return { rect, rows: framed(frame, [emptyLine, ...text, emptyLine, buttons], rect) };
}

const listWidth = 88;

function listBox(
  overlay: Extract<Overlay, { kind: 'help' | 'palette' | 'pick' }>,
  options: readonly Option[],
  columns: number,
  rows: number,
): OverlayBox {
  const heightWanted = overlay.kind === 'pick' ? overlay.options.length + 4 : rows - 4;
  const rect = centered(columns, rows, listWidth, heightWanted);
  const room = inside(rect);
  const height = Math.max(1, room.height - 2);
  const at = Math.min(overlay.index, Math.max(0, options.length - 1));
  const widths = { note: overlay.kind === 'pick' ? 0 : 12, label: labelColumns(overlay) };
  const entries = withHeadings(options);
  const lines = entries.flatMap(({ index, heading }): Line[] => {
    if (index === null) return [line(` ${heading}`, 'title')];
    const option = options[index] as Option;
    const rows =
      index === at
        ? chosenRows(option, widths, room.width)
        : [optionRow(option, widths, room.width)];
    return rows.map(row => aimed(row, { kind: 'option', index }));
  });
  const row = lines.findLastIndex(
    ([first]) => first?.target?.kind === 'option' && first.target.index === at,
  );
  const first = Math.max(0, Math.min(row - height + 2, lines.length - height));
  const shown = lines.slice(first, first + height);
  const title =
    overlay.kind === 'pick' ? overlay.title : overlay.kind === 'help' ? 'Keys here' : 'Actions';
  const frame: Frame = {
    title: [span(title, 'strong')],
    corner: [span(`${options.length}`, 'quiet')],
    foot: listFoot(options[at] ?? null, room.width),
    style: 'focused',
  };
  const none = options.length === 0 ? [line(' nothing is called that', 'quiet')] : [];
  const search = [span(' › ', 'accent'), ...fieldSpans(overlay.query)];
  return { rect, rows: framed(frame, [search, emptyLine, ...shown, ...none], rect) };
}

/** Why the chosen one cannot be done, in full; otherwise how to use the list. */
const listFoot = (chosen: Option | null, width: number): Line =>
  chosen === null || chosen.reason === null
    ? [
        ...(chosen?.name === undefined ? [] : [span(`${chosen.name} · `, 'quiet')]),
        span('type to search · ↑↓ · ', 'quiet'),
        ...keyed('enter', 'Enter'),
        span(' · ', 'quiet'),
        ...keyed('esc', 'Esc'),
      ]
    : [span(cutText(cleanText(chosen.reason), width - 4), 'warn')];

type Entry = { readonly index: number | null; readonly heading: string };

/** Places of the options in the list, with a row before each new group. A search needs no groups. */
function withHeadings(options: readonly Option[]): Entry[] {
  let last: string | null = null;
  return options.flatMap(({ group }, index): Entry[] => {
    const isNew = group !== null && group !== last;
    last = group;
    const entry = { index, heading: '' };
    return isNew ? [{ index: null, heading: group }, entry] : [entry];
  });
}

/** In a choice, what speaks for each stands in one column. */
const labelColumns = (overlay: Overlay): number =>
  overlay.kind === 'pick'
    ? Math.min(labelColumnsMax, Math.max(0, ...overlay.options.map(one => textWidth(one.label))))
    : 0;

const labelColumnsMax = 24;

type Widths = { readonly note: number; readonly label: number };

function optionRow(option: Option, widths: Widths, width: number): Line {
  const { head, words } = optionParts(option, widths);
  return fitLine([span('  '), ...head, ...words], width);
}

/** All that the chosen one says, in as many rows as that takes: the others are cut. */
function chosenRows(option: Option, widths: Widths, width: number): Line[] {
  const { head, words } = optionParts(option, widths);
  const indent = 2 + lineWidth(head);
  return wrapText(lineText(words), width - indent).map((row, at) => {
    const before = at === 0 ? [span('▸ '), ...head] : [span(' '.repeat(indent))];
    return tinted(fitLine([...before, span(row)], width), 'selected');
  });
}

function optionParts(
  option: Option,
  widths: Widths,
): { readonly head: Line; readonly words: Line } {
  const after = widths.note > 0 ? '' : `  ${option.note}`;
  const reason = option.reason === null ? '' : `  not here: ${option.reason}`;
  const text = cleanText(option.label);
  const label = widths.label > textWidth(text) ? fitText(text, widths.label) : text;
  return {
    head: widths.note > 0 ? [span(fitText(option.note, widths.note), 'key'), span(' ')] : [],
    words: [
      span(label, option.reason === null ? 'plain' : 'quiet'),
      span(cleanText(after + reason), 'quiet'),
    ],
  };
}

/** One row of a text with its cursor, shown around it where the text is longer than the row. */
export function rowWithCursor(
  characters: readonly string[],
  cursorAt: number,
  width: number,
): Line {
  if (cursorAt < 0) return fitLine([span(characters.join(''))], width);
  const first = Math.max(0, cursorAt - width + 2);
  const before = characters.slice(first, cursorAt).join('');
  const under = characters[cursorAt] ?? ' ';
  const after = characters.slice(cursorAt + 1).join('');
  return fitLine([span(before), span(under, 'selected'), span(after)], width);
}

/** A one-row field with its cursor, for searches. */
export const fieldSpans = (field: TextField): Line => {
  const characters = charactersOf(field.text);
  return [
    span(characters.slice(0, field.cursor).join('')),
    span(characters[field.cursor] ?? ' ', 'selected'),
    span(characters.slice(field.cursor + 1).join('')),
  ];
};
