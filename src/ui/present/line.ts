import type { AgentId, TaskId } from '../../core/ids.ts';
import { cutText, textWidth } from '../../lib/text-width.ts';
import type { View } from '../model/view.ts';

/** What a piece of text means; the theme decides how it looks. */
export type Tone =
  | 'plain'
  | 'quiet'
  | 'strong'
  | 'title'
  /** A key that can be pressed. */
  | 'key'
  | 'accent'
  | 'good'
  | 'busy'
  | 'warn'
  | 'bad'
  | 'goodStrong'
  | 'goodQuiet'
  | 'badStrong'
  | 'badQuiet'
  /** Words of a diff that differ from their other version. */
  | 'addedWord'
  | 'removedWord'
  /** Texts and numbers in code. */
  | 'literal'
  | 'selected'
  | 'alarm';

/** What a click on a piece of text is about. */
export type Target =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'agent'; readonly agent: AgentId }
  | { readonly kind: 'task'; readonly task: TaskId }
  | { readonly kind: 'need'; readonly need: string }
  | { readonly kind: 'view'; readonly view: View }
  /** An agent's terminal among several. */
  | { readonly kind: 'pane'; readonly agent: AgentId }
  /** A row of a text that has a selected row. */
  | { readonly kind: 'row'; readonly row: number }
  /** An option of the open list. */
  | { readonly kind: 'option'; readonly index: number };

export type Span = { readonly text: string; readonly tone: Tone; readonly target?: Target };
/** One row of the page before it has a width. Every text in it is clean. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });
export const line = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)];
export const emptyLine: Line = [];

export const lineText = (spans: Line): string => spans.map(one => one.text).join('');
export const lineWidth = (spans: Line): number =>
  spans.reduce((sum, one) => sum + textWidth(one.text), 0);

const isBlank = (spans: Line, from: number): boolean =>
  spans.slice(from).every(one => one.text.trim() === '');

/** Exactly `width` columns: cut with `…` or filled up with spaces. */
export function fitLine(spans: Line, width: number): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const [index, one] of spans.entries()) {
    if (left <= 0) break;
    const columns = textWidth(one.text);
    if (columns === 0) continue;
    // What ends just at the edge says, too, that there is more.
    const isLast = columns === left && isBlank(spans, index + 1);
    if (columns < left || isLast) {
      fitted.push(one);
      left -= columns;
      continue;
    }
    const cut = cutText(columns === left ? `${one.text}…` : one.text, left);
    fitted.push({ ...one, text: cut });
    // A wide character that did not fit can leave one column open.
    left -= textWidth(cut);
    break;
  }
  const isCutShort = left > 0 || fitted.length > 0;
  if (left > 0 && isCutShort) fitted.push(span(' '.repeat(left)));
  return fitted;
}

/** `left` and `right` at the two ends of `width` columns; `left` gives way first. */
export function spread(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(right);
  if (room <= 0) return fitLine(right, width);
  return [...fitLine(left, room), ...right];
}

/** Every span in one tone, for the row under the selection mark. */
export const tinted = (spans: Line, tone: Tone): Line => spans.map(one => ({ ...one, tone }));

/** A click on any piece of the line is about this, unless the piece knows better. */
export const aimed = (spans: Line, target: Target): Line =>
  spans.map(one => (one.target ? one : { ...one, target }));

/** What a click on this column of the line is about. */
export function targetAt(spans: Line, x: number): Target | null {
  let end = 0;
  for (const one of spans) {
    end += lineWidth([one]);
    if (x < end) return one.target ?? null;
  }
  return null;
}
