import { cleanText } from '../../lib/clean-text.ts';
import type { AnswerKeys } from '../../ports/agent-cli.ts';

export const isBlank = (lines: readonly string[]): boolean =>
  lines.every(line => line.trim() === '');

/** Longer questions are cut: they are shown in one line. The whole stands on the agent's own screen. */
const questionCharsMax = 500;

export const shortened = (text: string): string => {
  const line = cleanText(text.replace(/\s+/g, ' ').trim());
  return line.length > questionCharsMax ? `${line.slice(0, questionCharsMax - 1)}…` : line;
};

/** An answer that a menu offers: `❯ 2. Yes, and …`. */
export type MenuOption = {
  readonly number: string | null;
  readonly label: string;
  readonly isChosen: boolean;
};

/**
 * The answers of the last menu on the screen, from the top; the pointer stands at the one that Enter takes.
 * Lines that explain an answer are left out. Empty when no line has the pointer.
 */
export function menuOptions(lines: readonly string[], pointer: string): readonly MenuOption[] {
  const isPointed = (line: string) => line.trimStart().startsWith(`${pointer} `);
  const at = lines.findLastIndex(isPointed);
  if (at === -1) return [];
  const isBlankAt = (index: number) => (lines[index] ?? '').trim() === '';
  let first = at;
  while (!isBlankAt(first - 1)) first -= 1;
  let last = at;
  while (!isBlankAt(last + 1)) last += 1;
  const indent = (lines[at] ?? '').indexOf(pointer) + pointer.length + 1;
  const options = lines.slice(first, last + 1).map(line => {
    const isChosen = isPointed(line);
    const text = isChosen ? line.trimStart().slice(pointer.length).trim() : line.trim();
    const [, number = null, label = text] = /^(\d+)\. +(.*)$/.exec(text) ?? [];
    return { number, label, isChosen, indent: isChosen ? indent : line.search(/\S/) };
  });
  const isNumbered = options.some(option => option.isChosen && option.number !== null);
  return options.filter(option => (isNumbered ? option.number !== null : option.indent === indent));
}

const down = '\x1b[B';
const up = '\x1b[A';

/**
 * What takes the option whose label fits: its number where that is enough; otherwise the arrows to it and, when
 * the screen shows the pointer there, Enter. Null: there is none.
 */
export function keysFor(
  options: readonly MenuOption[],
  wanted: RegExp,
  { byNumber }: { readonly byNumber: boolean },
): AnswerKeys | null {
  const at = options.findIndex(option => wanted.test(option.label));
  const chosen = options.findIndex(option => option.isChosen);
  const option = options[at];
  if (option === undefined || chosen === -1) return null;
  if (byNumber && option.number?.length === 1) return { keys: option.number, isLast: true };
  const steps = at - chosen;
  if (steps === 0) return { keys: '\r', isLast: true };
  return { keys: (steps > 0 ? down : up).repeat(Math.abs(steps)), isLast: false };
}
