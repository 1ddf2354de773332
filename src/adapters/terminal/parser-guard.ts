import type { IFunctionIdentifier, Terminal } from '@xterm/headless';

/**
 * Keeps the emulator's parser from doing unbounded work or keeping what is not drawn. The emulator
 * runs a repeat count as it is given: `CSI 999999999 L` keeps it busy for minutes.
 */
export type ParserGuard = {
  /** To be called before each slice of bytes: the work that one slice may ask for is bounded. */
  beginSlice(): void;
};

/** More than any terminal has rows or columns (see `Terminal.resize`), so no honest count is larger. */
const repeatMax = 500;

/**
 * Lines that one slice may have moved, about 2 µs each. A program draws a screen with far fewer;
 * beyond it the sequences are ignored until the next slice.
 */
const workPerSliceMax = 2_000;

/** Sequences with a repeat count; the count is also what they cost. */
const repeated: readonly string[] = ['L', 'M', 'S', 'T'];
/** Their counts are cheap up to `repeatMax`. */
const repeatedCheaply: readonly string[] = ['I', 'Z', 'b'];
/** Sequences that touch the whole screen however short they are, with their cost in lines. */
const wholeScreen: readonly (readonly [IFunctionIdentifier, number])[] = [
  [{ intermediates: "'", final: '}' }, 25],
  [{ intermediates: "'", final: '~' }, 25],
  [{ intermediates: ' ', final: '@' }, 25],
  [{ intermediates: ' ', final: 'A' }, 25],
  [{ final: 'J' }, 10],
  [{ prefix: '?', final: 'J' }, 10],
];
const fullResetCost = 40;
const alignmentCost = 20;
const alternateScreenCost = 10;
const alternateScreenModes: readonly number[] = [47, 1047, 1049];

/** Links, clipboard, notifications, folders, images, colours: nothing of it is drawn, so nothing is kept. */
const swallowedCommands: readonly number[] = [
  4, 5, 7, 8, 9, 10, 11, 12, 50, 52, 99, 104, 110, 111, 112, 133, 633, 777, 1337,
];

export function guardParser({ parser }: Terminal): ParserGuard {
  let work = 0;
  /** True, which tells the parser that nothing is left to do, once the slice has had its share. */
  const refuses = (cost: number): boolean => {
    work += cost;
    return work > workPerSliceMax;
  };

  for (const final of repeated)
    parser.registerCsiHandler({ final }, ([count]) => {
      const lines = countOf(count);
      return lines > repeatMax || refuses(lines);
    });
  for (const final of repeatedCheaply)
    parser.registerCsiHandler({ final }, ([count]) => {
      const times = countOf(count);
      return times > repeatMax || refuses(times / 50);
    });
  for (const [id, cost] of wholeScreen) parser.registerCsiHandler(id, () => refuses(cost));
  for (const final of ['h', 'l'])
    parser.registerCsiHandler({ prefix: '?', final }, modes =>
      modes.some(mode => alternateScreenModes.includes(countOf(mode)))
        ? refuses(alternateScreenCost)
        : false,
    );
  parser.registerEscHandler({ final: 'c' }, () => refuses(fullResetCost));
  parser.registerEscHandler({ intermediates: '#', final: '8' }, () => refuses(alignmentCost));
  for (const command of swallowedCommands) parser.registerOscHandler(command, () => true);

  return {
    beginSlice: () => {
      work = 0;
    },
  };
}

/** A parameter left out counts once; one with sub-parameters is judged by its first. */
function countOf(parameter: number | number[] | undefined): number {
  const count = Array.isArray(parameter) ? parameter[0] : parameter;
  return Math.max(1, count ?? 1);
}

/**
 * What the emulator may say back to the program. An answer is typed into the program's input, so an
 * answer whose text the program chose would let its output type commands. These three hold only
 * numbers: device attributes, cursor position and mode reports.
 */
const allowed = /^\x1b\[(?:\?[\d;]{1,16}c|\d{1,4};\d{1,4}R|\??\d{1,5};[0-4]\$y)$/;

export function isAllowedReply(reply: string): boolean {
  return allowed.test(reply);
}
